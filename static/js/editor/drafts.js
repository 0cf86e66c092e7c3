// What is typed is kept in this browser until it is saved, so that a crash or a lost connection costs nothing.

import { recall } from "../storage.js";

const PAUSE = 1500;
const PREFIX = "parley-draft:";
const KEPT_FOR = 30 * 24 * 60 * 60 * 1000;

export async function setUpDrafts(editor) {
  const { root, form, words, say } = editor;
  const uid = form.elements.uid?.value;
  if (!uid || !storageWorks()) return;
  const version = Number(form.elements.version?.value || 0);
  const key = PREFIX + uid;
  const fields = [...form.querySelectorAll("textarea[name], input[type=text][name]")];
  const untouched = texts();
  let timer;
  let sent = false;

  function texts() {
    return Object.fromEntries(fields.map((field) => [field.name, field.value]));
  }

  function keep() {
    clearTimeout(timer);
    if (same(texts(), untouched) && !sent) return forget(key);
    write(key, { version, sent, at: Date.now(), texts: texts() });
  }

  function offer([kept, draft]) {
    const box = root.querySelector(".editor-draft");
    const time = box.querySelector("time");
    time.dateTime = new Date(draft.at).toISOString();
    time.textContent = inWords(draft.at);
    box.addEventListener("click", (event) => {
      const choice = event.target.dataset.draft;
      if (!choice) return;
      if (choice === "restore") restore(draft);
      if (choice === "discard" || kept !== key) forget(kept);
      box.hidden = true;
      editor.textarea.focus();
    });
    box.hidden = false;
  }

  function restore(draft) {
    fields
      .filter((field) => field.name in draft.texts)
      .forEach((field) => {
        field.value = draft.texts[field.name];
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
    say(words.sayRestored);
  }

  forgetOld();
  const found = version ? draftOf(key, version) : await unsavedPost(words.savedUrl);
  if (found && !same(found[1].texts, untouched)) offer(found);

  form.addEventListener("input", () => {
    sent = false;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    sent = true;
    keep();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer) keep();
  });
}

// A draft of a post that is already stored. One that was sent, and whose post has a later version, was saved.
function draftOf(key, version) {
  const draft = recall("localStorage", key);
  if (draft?.sent && version > draft.version) forget(key);
  return draft && recall("localStorage", key) ? [key, draft] : undefined;
}

// The newest draft of a post that never reached the server; those that did are forgotten.
async function unsavedPost(savedUrl) {
  const drafts = kept().filter(([, draft]) => draft.version === 0);
  drafts.sort(([, one], [, other]) => other.at - one.at);
  for (const [key, draft] of drafts) {
    if (!(await wasSaved(savedUrl, key.slice(PREFIX.length)))) return [key, draft];
    forget(key);
  }
}

async function wasSaved(savedUrl, uid) {
  const address = savedUrl.replace("00000000-0000-0000-0000-000000000000", uid);
  const response = await fetch(address, { method: "HEAD" }).catch(() => undefined);
  return response?.ok;
}

function inWords(at) {
  const language = document.documentElement.lang;
  const locale = language.startsWith("en") ? "en-GB" : language || undefined;
  return new Date(at).toLocaleString(locale, { dateStyle: "long", timeStyle: "short" });
}

function same(one, other) {
  return Object.keys(one).every((name) => normal(one[name]) === normal(other[name]));
}

function normal(text) {
  return (text ?? "").replaceAll("\r\n", "\n").trim();
}

function kept() {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => [key, recall("localStorage", key)])
    .filter(([, draft]) => draft);
}

function forgetOld() {
  for (const [key, draft] of kept()) if (Date.now() - draft.at > KEPT_FOR) forget(key);
}

// A full or forbidden store must never stand in the way of writing.
function write(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    forget(key);
  }
}

function forget(key) {
  localStorage.removeItem(key);
}

function storageWorks() {
  try {
    return Boolean(window.localStorage);
  } catch {
    return false;
  }
}
