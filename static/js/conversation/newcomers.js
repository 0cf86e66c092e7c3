/* Replies that appear while the page stands open: told of at its foot, shown when asked for, in their places. */

import { arrange } from "./folding.js";
import { isByOthers, markNew, noteSeen } from "./visits.js";

const conversation = document.querySelector("[data-replies]");
const bar = conversation.querySelector("[data-newcomers]");
const button = bar?.querySelector("button");
const elsewhere = bar?.querySelector("[data-elsewhere]");
const status = conversation.querySelector("[data-newcomers-status]");
const SOON = 30_000;
const SELDOM = 10 * 60_000;

let known = Number(bar?.dataset.count);
let wait = SOON;
let timer = null;
let wasKept = false; // by the browser, whole, while one was on another page
let readBefore = null; // what had the focus before the bar took it

/* --- asking --- */

function plan() {
  clearTimeout(timer);
  if (document.visibilityState === "visible") timer = setTimeout(ask, wait);
}

async function ask() {
  clearTimeout(timer);
  try {
    const answer = await fetch(bar.dataset.countUrl);
    if (answer.status === 404) return; // the post is gone, and so are we
    hear((await answer.json()).count);
  } catch {
    wait = Math.min(wait * 2, SELDOM);
  }
  plan();
}

/* A page that was kept and shows a reply that went away since is loaded again. */
function hear(count) {
  const more = count - known;
  wait = more > 0 ? SOON : Math.min(wait * 1.5, SELDOM);
  if (more > 0) offer(more);
  else if (more < 0 && wasKept && !isWriting()) location.reload();
  else known = count;
  wasKept = false;
}

function isWriting() {
  return conversation.querySelector(".reply-slot") !== null;
}

function offer(number) {
  const { one, many } = bar.dataset;
  const words = number === 1 ? one : many.replace("{n}", number);
  button.textContent = words;
  button.hidden = false;
  if (bar.hidden) status.textContent = words; // told once, not at every further one
  bar.hidden = false;
}

/* --- showing --- */

/* The first reply, or else the first part of the page, of which the reader sees something. */
function whatIsRead() {
  const parts = [...document.querySelectorAll(".thread > li:not([hidden]), .prose > *, .conversation > :not(.thread)")];
  return parts.find((part) => part.getBoundingClientRect().bottom > 0);
}

/* Change the page above or below what is read without moving that. */
function inPlace(change) {
  const read = whatIsRead();
  const top = read?.getBoundingClientRect().top;
  const root = document.documentElement;
  root.style.overflowAnchor = "none"; // or the browser would move it once more
  change();
  if (read) scrollBy({ top: read.getBoundingClientRect().top - top, behavior: "instant" });
  requestAnimationFrame(() => requestAnimationFrame(() => root.style.removeProperty("overflow-anchor")));
  return read;
}

function insert(fresh) {
  const thread = conversation.querySelector(".thread");
  if (!thread) conversation.querySelector("h2").after(fresh);
  const added = [];
  let above = null;
  for (const reply of thread ? [...fresh.children] : []) {
    const here = document.getElementById(reply.id);
    const isHere = here !== null && !appearsNow(here, reply);
    if (isHere) renew(here, reply);
    else if (here) here.replaceWith(reply);
    else if (above) above.after(reply);
    else thread.prepend(reply);
    if (!isHere) added.push(reply);
    above = isHere ? here : reply;
  }
  return thread ? added : [...fresh.children];
}

/* One's own, which waited when this page was made. */
function appearsNow(here, fresh) {
  return here.matches(".held") && !fresh.matches(".held");
}

/* A reply that has its first answer gets what folds them away. */
function renew(here, fresh) {
  const [old, control] = [here, fresh].map((reply) => reply.querySelector(".fold"));
  if (old && control) old.textContent = control.textContent;
  else if (control) here.querySelector(".reply-foot:not(.own-foot)")?.append(control);
}

function take(fresh) {
  const list = fresh.querySelector(".thread");
  const added = list ? insert(list) : [];
  added.filter(isByOthers).forEach(markNew);
  arrange();
  conversation.querySelector("h2").textContent = fresh.querySelector("h2").textContent;
  return added;
}

async function fetchThread() {
  const answer = await fetch(bar.dataset.threadUrl + location.search);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-replies]");
  if (!fresh) throw new Error(answer.status);
  return fresh;
}

async function show() {
  const fresh = await fetchThread();
  let added = [];
  const read = inPlace(() => (added = take(fresh)));
  const count = Number(fresh.querySelector("[data-newcomers]").dataset.count);
  const isElsewhere = !added.length && count > known;
  known = count;
  if (isElsewhere) return leadElsewhere();
  noteSeen(added);
  goOnReading(read);
  bar.hidden = elsewhere.hidden = true;
  status.textContent = "";
}

/* They stand on other pages. To leave is for the reader to choose: something may be half written here. */
function leadElsewhere() {
  const link = elsewhere.querySelector("a");
  const later = conversation.querySelector(".pager [rel=next]");
  if (later && withoutPlace(link) === withoutPlace(location)) {
    link.href = later.href; // an old one, approved late
    link.textContent = later.textContent;
  }
  elsewhere.hidden = false;
  link.focus();
  button.hidden = true;
  status.textContent = elsewhere.textContent;
}

function withoutPlace({ pathname, search }) {
  return pathname + search;
}

async function showOnce() {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  try {
    await show();
  } catch {
    status.textContent = button.textContent = bar.dataset.trouble;
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/* The focus goes back to where it was, or else to what is being read. */
function goOnReading(read) {
  const place = readBefore?.isConnected ? readBefore : read;
  if (!place) return;
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

if (bar) {
  bar.addEventListener("focusin", (event) => {
    if (!bar.contains(event.relatedTarget)) readBefore = event.relatedTarget;
  });
  button.addEventListener("click", showOnce);
  elsewhere.addEventListener("click", (event) => {
    if (event.detail > 1) event.preventDefault(); // half of a double click on the button that stood there
  });
  document.addEventListener("visibilitychange", () => {
    wait = SOON;
    if (document.visibilityState === "visible") ask();
    else clearTimeout(timer);
  });
  addEventListener("pageshow", (event) => {
    wasKept = event.persisted;
    if (wasKept) ask();
  });
  plan();
}
