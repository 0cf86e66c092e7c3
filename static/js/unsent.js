/* A text half written stays in this tab until it is sent, for a page is soon left by mistake. */

import { keep, recall } from "./storage.js";

/* Keeps what is typed into the boxes below `root` that match, each under its `nameOf`. */
export function keepUnsent(root, selector, nameOf) {
  root.addEventListener("input", ({ target }) => {
    if (target.matches(selector)) keep("sessionStorage", nameOf(target), target.value);
  });
  return {
    restore(text) {
      text.value ||= recall("sessionStorage", nameOf(text)) ?? "";
    },
    forget(text) {
      keep("sessionStorage", nameOf(text), "");
    },
  };
}
