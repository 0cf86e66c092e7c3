/* Replying without leaving the page. Without this script the same links lead to the same form on a page of its own. */

import { keep, recall } from "./storage.js";
import { keepUnsent } from "./unsent.js";

const conversation = document.querySelector("[data-replies]");
const unsent = keepUnsent(conversation, ".reply-form [name=reply]", () => `unsent ${location.pathname}`);
let open = null; // { link, slot } of the form that stands open

export function withFragment(address) {
  const url = new URL(address, location.href);
  url.searchParams.set("fragment", "1");
  return url;
}

/* Our form or refusal in an answer. Throws for any other, with the reason that an error page of ours gives. */
export async function fragmentOf(answer, wanted = ".reply-form, .reply-refused") {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fragment = page.querySelector(wanted);
  if (!fragment) throw new Error(answer.status, { cause: page.querySelector("[data-reason] p") });
  return fragment;
}

function show(slot, fragment) {
  slot.replaceChildren(fragment);
  const place = slot.querySelector(
    "[data-problem], [aria-invalid=true], [data-preview] [tabindex]",
  );
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
  const fragment = await fragmentOf(await fetch(withFragment(link.href)));
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

export function tellFailure(place, error) {
  const form = place.querySelector("form") ?? place;
  form.querySelector("[data-failure]")?.remove();
  const message = document.createElement("p");
  message.dataset.failure = "";
  message.role = "alert";
  message.textContent = error?.cause?.textContent ?? conversation.dataset.failure;
  form.append(message);
  message.scrollIntoView({ block: "nearest" });
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
    const fragment = await fragmentOf(answer);
    show(form.parentElement, fragment);
    carryOver(form, fragment); // who waited for the answer may have typed on
  } catch (error) {
    return tellFailure(form, error);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

/* A reply's address names no page of the thread: where it is not on this one, ask where it is. */
async function seek() {
  const id = /^#comment-(\d+)$/.exec(location.hash)?.[1];
  if (!id) return;
  if (document.getElementById(`comment-${id}`)) return keep("sessionStorage", "sought", null);
  if (recall("sessionStorage", "sought") === location.href) return; // asked once, and led here
  const where = `${conversation.dataset.permalinks}${id}/`;
  const answer = await fetch(where, { method: "HEAD" }).catch(() => null);
  if (!answer?.ok) return; // it is nowhere, or out of reach; the article is still worth reading
  keep("sessionStorage", "sought", answer.url + location.hash);
  location.replace(answer.url + location.hash);
}

/* A page that cannot be fetched is no place to go to with a reply or a report half written. */
export function goUnlessWriting(link) {
  const slot = conversation.querySelector(".reply-slot");
  if (slot) tellFailure(slot);
  else location.assign(link.href);
}

export function wasPlainClick(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
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

addEventListener("hashchange", seek);
seek();
