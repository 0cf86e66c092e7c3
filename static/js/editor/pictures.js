// Pictures chosen, dropped or pasted go to the library; the text gets the line that shows them.
import { insertBlock, replaceRange, select } from "./text.js";

const MEGABYTE = 2 ** 20;

export function setUpPictures({ root, textarea, form, words, say }) {
  const input = root.querySelector(".editor-file");
  let waiting = 0;
  let count = 0;

  async function addAll(files) {
    for (const file of files) await add(file);
  }

  async function add(file) {
    if (file.size > Number(words.maxMegabytes) * MEGABYTE) {
      say(words.sayTooBig.replace("%s", file.name), { problem: true });
      return;
    }
    const uploading = words.sayUploading.replace("%s", file.name.replace(/[[\]\\]/g, " "));
    const mark = `![${uploading}](#${++count})`;
    const inserted = insertBlock(textarea, mark);
    say(uploading);
    waiting += 1;
    try {
      const { image_code: code } = await send(file);
      replaceMark(mark, code);
      say(words.sayAdded);
    } catch (error) {
      replaceMark(textarea.value.includes(inserted) ? inserted : mark, "");
      say(error.fromServer ?? words.sayUploadFailed.replace("%s", file.name), { problem: true });
    } finally {
      waiting -= 1;
    }
  }

  async function send(file) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("image", file);
    const response = await fetch(textarea.dataset.markdownxUploadUrlsPath, { method: "POST", body });
    const answer = await response.json();
    if (response.ok) return answer;
    throw Object.assign(new Error(response.status), { fromServer: answer.error });
  }

  // The text may have changed meanwhile: the mark is found anew, and a caret elsewhere stays where it was,
  // in another field too.
  function replaceMark(mark, code) {
    const elsewhere = document.activeElement !== textarea && document.activeElement;
    setMark(mark, code);
    if (elsewhere && elsewhere !== document.body) elsewhere.focus({ preventScroll: true });
  }

  function setMark(mark, code) {
    const { value, selectionStart, selectionEnd, scrollTop } = textarea;
    const start = value.indexOf(mark);
    if (start === -1) return;
    const end = start + mark.length;
    const untouched = selectionStart >= end && !value.slice(end, selectionStart).trim();
    replaceRange(textarea, start, end, code);
    const moved = (at) => (at <= start ? at : Math.max(start, at + code.length - mark.length));
    if (code && untouched) select(textarea, start + 2, 0);
    else textarea.setSelectionRange(moved(selectionStart), moved(selectionEnd));
    textarea.scrollTop = scrollTop;
  }

  function take(event, transfer) {
    const files = [...transfer.files].filter((file) => file.type.startsWith("image/"));
    // Word processors put a picture of the text beside the text; the text is what was meant.
    if (!files.length || transfer.types.includes("text/plain")) return;
    event.preventDefault();
    addAll(files);
  }

  input.addEventListener("change", async () => {
    await addAll([...input.files]);
    input.value = "";
  });
  textarea.addEventListener("paste", (event) => take(event, event.clipboardData));
  textarea.addEventListener("drop", (event) => {
    root.classList.remove("is-dropping");
    take(event, event.dataTransfer);
  });
  textarea.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    root.classList.add("is-dropping");
  });
  textarea.addEventListener("dragleave", () => root.classList.remove("is-dropping"));
  form.addEventListener("submit", (event) => {
    if (!waiting) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    say(words.sayWait, { problem: true });
    root.scrollIntoView({ block: "nearest" });
  });
  return { choose: () => input.click() };
}
