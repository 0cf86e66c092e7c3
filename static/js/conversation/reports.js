/* Reporting without leaving the page. Without this script the same links lead to the same form on a page of its own. */

import { fragmentOf, goUnlessWriting, tellFailure, wasPlainClick, withFragment } from "./fragments.js";

const conversation = document.querySelector("[data-replies]");
const OURS = ".report-form, .report-sent";

function show(slot, fragment) {
  slot.replaceChildren(fragment);
  const place = slot.querySelector("[data-problem], .has-errors input, input[type=radio]");
  (place ?? fragment).focus();
}

async function openUnder(link) {
  if (link.getAttribute("aria-busy") === "true") return;
  link.setAttribute("aria-busy", "true");
  try {
    const fragment = await fragmentOf(await fetch(withFragment(link.href)), OURS);
    const slot = document.createElement("div");
    slot.className = "reply-slot";
    link.closest("p").after(slot);
    link.hidden = true;
    show(slot, fragment);
  } finally {
    link.removeAttribute("aria-busy");
  }
}

function close(slot) {
  const link = slot.parentElement.querySelector("[data-report]");
  slot.remove();
  link.hidden = false;
  link.focus();
}

async function send(form) {
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(withFragment(form.action), { method: "POST", body: new FormData(form) });
    show(form.parentElement, await fragmentOf(answer, OURS));
  } catch (error) {
    tellFailure(form, error);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

conversation.addEventListener("click", (event) => {
  const link = event.target.closest("[data-report]");
  const form = event.target.closest("[data-cancel]")?.closest(".report-form");
  if (!(link || form) || !wasPlainClick(event)) return;
  event.preventDefault();
  if (form) close(form.parentElement);
  else openUnder(link).catch(() => goUnlessWriting(link));
});

conversation.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches(".report-form")) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") !== "true") send(form);
});
