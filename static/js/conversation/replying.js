/* Replying without leaving the page. Without this script the same links lead to the same form on a page of its own. */

import { keepUnsent } from "../unsent.js";
import { fragmentOf, goUnlessWriting, tellFailure, wasPlainClick, withFragment } from "./fragments.js";

const conversation = document.querySelector("[data-replies]");
const OURS = ".reply-form, .reply-refused";
const unsent = keepUnsent(conversation, ".reply-form [name=reply]", () => `unsent ${location.pathname}`);
let open = null; // { link, slot } of the form that stands open

function show(slot, fragment) {
  slot.replaceChildren(fragment);
  const place = slot.querySelector("[data-problem], [aria-invalid=true], [data-preview] [tabindex]");
  const empty = [...slot.querySelectorAll("input, textarea")].find(
    (field) => field.type !== "hidden" && field.tabIndex >= 0 && !field.value,
  );
  (place ?? empty ?? slot.querySelector("textarea"))?.focus();
}

function typedIn(form) {
  const fields = [...(form?.elements ?? [])].filter((field) => field.name && field.type !== "hidden");
  return new Map(fields.map((field) => [field.name, field]));
}

function carryOver(from, to) {
  for (const [name, field] of typedIn(from)) {
    const target = typedIn(to).get(name);
    if (!target) continue;
    target.value = field.value;
    target.checked = field.checked;
  }
}

function close() {
  const { link, slot } = open;
  slot.remove();
  link.hidden = false;
  link.focus();
  open = null;
}

async function openUnder(link) {
  const fragment = await fragmentOf(await fetch(withFragment(link.href)), OURS);
  const former = open?.slot.querySelector("form");
  if (open) close();
  const slot = document.createElement("div");
  slot.className = "reply-slot";
  link.closest("p").after(slot);
  link.hidden = true;
  open = { link, slot };
  const text = fragment.querySelector("[name=reply]");
  if (text) unsent.restore(text);
  show(slot, fragment);
  carryOver(former, slot.querySelector("form"));
}

async function send(form, button) {
  const body = new FormData(form, button);
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(withFragment(form.action), { method: "POST", body });
    if (answer.status === 201) {
      unsent.forget(form.elements.reply);
      return location.assign(answer.headers.get("Location"));
    }
    const fragment = await fragmentOf(answer, OURS);
    show(form.parentElement, fragment);
    carryOver(form, fragment); // who waited for the answer may have typed on
  } catch (error) {
    return tellFailure(form, error);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

conversation.addEventListener("click", (event) => {
  if (!wasPlainClick(event)) return;
  const link = event.target.closest("[data-reply]");
  if (link) {
    event.preventDefault();
    openUnder(link).catch(() => goUnlessWriting(link));
  } else if (open?.slot.contains(event.target.closest("[data-cancel]"))) {
    event.preventDefault();
    close();
  }
});

conversation.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches(".reply-form")) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") !== "true") send(form, event.submitter);
});
