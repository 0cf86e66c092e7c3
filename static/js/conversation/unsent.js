/* A text half written stays in this tab until it is sent, for a page is soon left by mistake. */

import { keep, recall } from "../storage.js";

const NAME = `unsent ${location.pathname}`;

export function restoreUnsent(fragment) {
  const text = fragment.querySelector("[name=reply]");
  if (text) text.value ||= recall("sessionStorage", NAME) ?? "";
}

export function forgetUnsent() {
  keep("sessionStorage", NAME, "");
}

document.querySelector("[data-replies]").addEventListener("input", ({ target }) => {
  if (target.matches(".reply-form [name=reply]")) keep("sessionStorage", NAME, target.value);
});
