/* Replies that appear while the page stands open: told of at its foot, shown when asked for, in their places. */

import { arrange } from "./folding.js";
import { markNew, noteSeen } from "./visits.js";

const conversation = document.querySelector("[data-replies]");
const bar = conversation.querySelector("[data-newcomers]");
const status = conversation.querySelector("[data-newcomers-status]");
const SOON = 30_000;
const SELDOM = 10 * 60_000;

let known = Number(bar?.dataset.count);
let wait = SOON;
let timer = null;
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

function hear(count) {
  const more = count - known;
  wait = more > 0 ? SOON : Math.min(wait * 1.5, SELDOM);
  if (more > 0) offer(more);
  else known = count;
}

function offer(number) {
  const { one, many } = bar.dataset;
  const words = number === 1 ? one : many.replace("{n}", number);
  bar.querySelector("button").textContent = words;
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
    if (here) renew(here, reply);
    else if (above) above.after(reply);
    else thread.prepend(reply);
    if (!here) added.push(reply);
    above = here ?? reply;
  }
  return thread ? added : [...fresh.children];
}

/* A reply that has its first answer gets what folds them away. */
function renew(here, fresh) {
  const [old, control] = [here, fresh].map((reply) => reply.querySelector(".fold"));
  if (old && control) old.textContent = control.textContent;
  else if (control) here.querySelector(".reply-foot")?.append(control);
}

function take(fresh) {
  const list = fresh.querySelector(".thread");
  const added = list ? insert(list) : [];
  added.forEach(markNew);
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
  known = Number(fresh.querySelector("[data-newcomers]").dataset.count);
  if (!added.length) return location.assign(bar.dataset.newestUrl); // they stand on other pages
  noteSeen(added);
  goOnReading(read);
  bar.hidden = true;
  status.textContent = "";
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
    readBefore = event.relatedTarget;
  });
  bar.querySelector("button").addEventListener("click", () => {
    show().catch(() => location.reload());
  });
  document.addEventListener("visibilitychange", () => {
    wait = SOON;
    if (document.visibilityState === "visible") ask();
    else clearTimeout(timer);
  });
  plan();
}
