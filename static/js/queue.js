/* Clearing the queue by keys, without reloading. Without this script the same buttons and links do it page by page. */

import { idOf, learn, putInOrder } from "./queue/order.js";
import { caughtUp, isAhead, NotLetIn, send } from "./queue/server.js";
import { isTypedOn, isTyping, noteTyping } from "./queue/typing.js";
import { keep, recall } from "./storage.js";
import { keepUnsent } from "./unsent.js";

const queue = document.getElementById("queue");
const unsent = keepUnsent(
  queue,
  ".queue-answer textarea",
  (text) => `desk-answer ${text.closest("[data-card]").dataset.card}`,
);
const form = document.getElementById("changelist-form");
const keys = document.getElementById("keys");
const told = document.querySelector("[data-told]");
const undoButton = document.querySelector("[data-undo]");
const list = new URL(location.href).searchParams.get("status") ?? "pending";
const FEW = 20; // cards left when more are fetched
const DECISIONS = { a: "approved", r: "rejected", s: "spam", d: "removed" };
const done = []; // what can be undone, the latest last: promises of { batch, places }
const gone = new Set(); // ids of the cards that were decided about here
let fetching = null;

// --- cards, and the one with the focus ---

const cards = () => [...queue.querySelectorAll("[data-card]")];
const current = () => document.activeElement?.closest("[data-card]");
const button = (card, decision) => card.querySelector(`button[name="${decision}"]`);
const version = (card) => card.querySelector('[name^="version-"]');

function focusOn(card) {
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = cards();
  const place = all.indexOf(current());
  const next = place < 0 ? all[0] : all[place + by];
  if (next) focusOn(next);
}

function count(change) {
  const number = document.querySelector(".queue-lists [aria-current] .queue-number");
  if (number) number.textContent = Math.max(0, Number(number.textContent) + change);
}

/* Takes a card out, gives the focus to the next one, and returns what is needed to put it back. */
function takeOut(card) {
  const item = card.closest("li");
  const had = item.contains(document.activeElement);
  const place = { item, id: idOf(card) };
  const next = item.nextElementSibling ?? item.previousElementSibling;
  gone.add(place.id);
  item.remove();
  count(-1);
  if (had) next ? focusOn(next.querySelector("[data-card]")) : queue.focus();
  showWhetherEmpty();
  return place;
}

/* Puts a card back where it stood, as it was or as the server shows it now. */
function putBack(place, html) {
  if (html) place.item = fromHTML(html).querySelector("li");
  gone.delete(place.id);
  putInOrder(place.item, queue);
  count(1);
  showWhetherEmpty();
  return place.item.querySelector("[data-card]");
}

function showWhetherEmpty() {
  document.querySelector("[data-nothing].nothing").hidden = Boolean(queue.firstElementChild ?? fetching);
}

const fromHTML = (html) => new DOMParser().parseFromString(html, "text/html");

// --- talking to the moderator ---

/* Why nothing came of it, as text or with the way out. */
function failure(error) {
  const isLockedOut = error instanceof NotLetIn;
  return isLockedOut ? document.querySelector("[data-locked-out]").content.cloneNode(true) : queue.dataset.failure;
}

function tell(said, batch = "") {
  told.replaceChildren(said);
  undoButton.hidden = !batch;
  undoButton.value = batch;
}

function tellIn(card, said) {
  card.querySelector(".queue-problem")?.remove();
  const problem = document.createElement("p");
  problem.className = "queue-problem";
  problem.append(said.cloneNode?.(true) ?? said);
  card.prepend(problem);
  tell(said);
}

// --- deciding ---

function decide(card, { name, value }) {
  const seen = version(card);
  const place = takeOut(card);
  const request = send(location.href, { [name]: value, [seen.name]: seen.value });
  done.push(
    request.then(
      (said) => settle(said, place),
      (error) => fail(place, error),
    ),
  );
  fetchMore();
}

/* What came of a decision: a batch to undo, or the card again with who was first. */
function settle(said, place) {
  if (said.status === 200) {
    tell(said.message, said.batch);
    return { batch: said.batch, places: [place] };
  }
  const html = said.cards?.[place.id];
  if (said.status === 404) tell(said.message);
  else tellIn(putBack(place, html), said.message);
  return null;
}

function fail(place, error) {
  tellIn(putBack(place), failure(error));
  return null;
}

/* The latest decision that went through, or the one that the message tells of. */
async function undo() {
  const latest = done.length ? await done.pop() : { batch: undoButton.value, places: [] };
  if (!latest) return undo();
  if (!latest.batch) return undoBefore();
  try {
    const said = await send(document.getElementById("undo").action, { batch: latest.batch });
    const back = latest.places.filter(({ id }) => said.cards?.[id]);
    const restored = back.map((place) => putBack(place, said.cards[place.id]));
    if (restored[0]) focusOn(restored[0]);
    // An answer that was undone waits as well, and has no card here yet.
    if (list === "pending") count(Object.keys(said.cards).length - restored.length);
    tell(said.message);
    Promise.resolve(fetching).then(fetchMore);
  } catch (error) {
    done.push(latest);
    tell(failure(error), latest.batch);
  }
}

/* A bulk or a rule loads the page anew, which then tells of it at the top with a button. */
function undoBefore() {
  const latest = [...document.querySelectorAll(".messagelist button[form=undo]")].at(-1);
  latest ? latest.click() : tell(queue.dataset.nothing);
}

// --- answering ---

function openBox(card) {
  const box =
    card.querySelector(".queue-answer") ??
    document.querySelector("[data-answer-box]").content.firstElementChild.cloneNode(true);
  box.hidden = false;
  card.append(box);
  const text = box.querySelector("textarea");
  unsent.restore(text);
  text.focus({ preventScroll: true });
  text.scrollIntoView({ block: "nearest" });
}

/* Hidden, so that what was typed is there when it is opened again. */
function closeBox(box) {
  box.hidden = true;
  focusOn(box.closest("[data-card]"));
}

async function sendAnswer(box) {
  const card = box.closest("[data-card]");
  if (box.getAttribute("aria-busy") === "true") return;
  box.setAttribute("aria-busy", "true");
  const text = box.querySelector("textarea");
  text.readOnly = true; // what is typed now would not be sent
  const fields = { reply: text.value, version: version(card).value };
  const said = await send(card.querySelector("[data-answer]").href, fields).catch((error) => ({
    message: failure(error),
  }));
  box.removeAttribute("aria-busy");
  text.readOnly = false;
  const problem = box.querySelector(".queue-answer-problem");
  problem.hidden = said.status === 200;
  problem.replaceChildren(said.message);
  if (said.status !== 200) return;
  unsent.forget(text);
  tell(said.message, said.batch);
  const places = card.dataset.status === "pending" ? [takeOut(card)] : [];
  if (!places.length) closeBox(box);
  box.remove();
  done.push(Promise.resolve({ batch: said.batch, places }));
  fetchMore();
}

// --- the next page, ahead of time ---

function fetchMore() {
  if (fetching || cards().length >= FEW) return;
  const wasAhead = isAhead();
  fetching = appendFrom(location.href)
    // Where decisions are still on their way, this page of the list holds little that is new.
    .then(async (found) => (cards().length < FEW ? found + (await appendFrom(nextPage())) : found))
    .catch(() => 0) // the cards that are here still are
    .then((found) => {
      fetching = null;
      showWhetherEmpty();
      if (found) fetchMore();
      // All that these pages hold was decided about here, and the server does not know it yet.
      else if (wasAhead) caughtUp().then(fetchMore);
    });
  showWhetherEmpty();
}

/* The cards of a page of the list that are not here yet; returns how many they were. */
async function appendFrom(address) {
  const answer = await fetch(address);
  if (!answer.ok || answer.redirected) return 0;
  const page = fromHTML(await answer.text());
  const known = new Set([...cards().map(idOf), ...gone]);
  const all = [...page.querySelectorAll("#queue [data-card]")];
  const fresh = all.filter((card) => !known.has(idOf(card)));
  // Not always the last: a decision between two fetches moves a card from page to page, and it comes late.
  learn(all);
  for (const card of fresh) putInOrder(card.closest("li"), queue);
  if (document.activeElement === queue) step(1); // whoever was faster goes on by the same keys
  return fresh.length;
}

function nextPage() {
  const url = new URL(location.href);
  url.searchParams.set("p", Number(url.searchParams.get("p") ?? 1) + 1);
  return url;
}

// --- keys and clicks ---

const onOff = keys.querySelector("[data-keys-on]");

function press(key, card) {
  const chosen = DECISIONS[key] && button(card, DECISIONS[key]);
  if (chosen) decide(card, chosen);
  if (key === "e" && card.querySelector("[data-answer]")) openBox(card);
  if (key === "b") card.querySelector("[data-ban]")?.click();
  if (key === "x") card.querySelector(".action-select").click();
}

const ANYWHERE = { j: () => step(1), k: () => step(-1), u: undo, "?": () => keys.showModal() };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !onOff.checked) return;
  if (event.shiftKey && event.key !== "?") return;
  if (isTyping(event.target) || (event.repeat && !"jk".includes(event.key))) return;
  if (isTypedOn(event)) return event.preventDefault();
  const card = current();
  if (ANYWHERE[event.key]) ANYWHERE[event.key]();
  else if (card && (DECISIONS[event.key] || "ebx".includes(event.key))) press(event.key, card);
  else return;
  event.preventDefault();
});

queue.addEventListener("keydown", (event) => {
  const box = event.target.closest(".queue-answer");
  if (!box) return;
  if (box.getAttribute("aria-busy") === "true") noteTyping(event);
  if (event.key === "Escape") closeBox(box);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) sendAnswer(box);
});

queue.addEventListener("click", (event) => {
  const box = event.target.closest(".queue-answer");
  if (event.target.closest("[data-send]")) sendAnswer(box);
  if (event.target.closest("[data-cancel]")) closeBox(box);
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (plain && event.target.closest("[data-answer]")) {
    event.preventDefault();
    openBox(event.target.closest("[data-card]"));
  }
});

form.addEventListener("submit", (event) => {
  const card = event.submitter?.closest("[data-card]");
  if (!card) return;
  event.preventDefault();
  decide(card, event.submitter);
});

undoButton.addEventListener("click", (event) => {
  event.preventDefault();
  undo();
});

learn(cards());
onOff.checked = recall("localStorage", "desk-keys") !== "off";
onOff.addEventListener("change", () => keep("localStorage", "desk-keys", onOff.checked ? "on" : "off"));

for (const opener of document.querySelectorAll("[data-keys]")) {
  opener.hidden = false;
  opener.addEventListener("click", () => keys.showModal());
}
