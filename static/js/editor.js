// Makes a Markdown textarea an editor: toolbar, live preview, pictures, and drafts that survive a crash.
import { setUpDrafts } from "./editor/drafts.js";
import { setUpPictures } from "./editor/pictures.js";
import { setUpPreview } from "./editor/preview.js";
import { setUpToolbar } from "./editor/toolbar.js";

function setUp(root) {
  const textarea = root.querySelector("textarea");
  const message = root.querySelector(".editor-message");
  const editor = {
    root,
    textarea,
    form: textarea.form,
    words: root.dataset,
    // `problem` marks what a person must act on; screen readers are told of both.
    say(text, { problem = false } = {}) {
      message.textContent = text;
      message.classList.toggle("is-problem", problem);
    },
  };
  const pictures = setUpPictures(editor);
  setUpToolbar(editor, { choosePicture: pictures.choose });
  setUpPreview(editor);
  setUpDrafts(editor);
}

/* A second press while the first is on its way would be answered as a form that was sent before. */
function sendOnce(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
    setTimeout(() => (sent = false), 5000); // it may have got lost
  });
  addEventListener("pageshow", () => (sent = false));
}

/* Who comes back to the empty page of a new post finds it filled in again: it is the same post still. */
function keepIdentity({ elements: { uid } }) {
  if (history.state?.uid) uid.value = history.state.uid;
  else history.replaceState({ ...history.state, uid: uid.value }, "");
}

const editors = document.querySelectorAll(".markdown-editor");
if (editors.length) {
  const form = editors[0].closest("form");
  keepIdentity(form); // before the drafts, which are kept under it
  editors.forEach(setUp);
  sendOnce(form); // after the pictures, which hold a form back while one is on its way
}
