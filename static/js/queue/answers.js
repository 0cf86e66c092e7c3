/* An answer half written stays in this tab until it is sent, whatever becomes of its card meanwhile. */

import { keep, recall } from "../storage.js";

const nameFor = (card) => `desk-answer ${card.dataset.card}`;

export function restoreAnswer(card, text) {
  text.value ||= recall("sessionStorage", nameFor(card)) ?? "";
}

export function forgetAnswer(card) {
  keep("sessionStorage", nameFor(card), "");
}

document.getElementById("queue").addEventListener("input", ({ target }) => {
  if (!target.matches(".queue-answer textarea")) return;
  keep("sessionStorage", nameFor(target.closest("[data-card]")), target.value);
});
