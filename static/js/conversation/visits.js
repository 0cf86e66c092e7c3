/* What is new since the last visit. When that was stays in this browser; nothing is sent. */

import { keep, recall } from "../storage.js";
import { reveal } from "./folding.js";

const conversation = document.querySelector("[data-replies]");
const line = conversation.querySelector("[data-new-replies]");
const VISIT = 30 * 60_000; // who comes back within half an hour is still here
const MOST = 200;

function kept() {
  return recall("localStorage", "visits") ?? {};
}

function keepLatest(visits) {
  const latest = Object.entries(visits).sort(([, a], [, b]) => b.at - a.at);
  keep("localStorage", "visits", Object.fromEntries(latest.slice(0, MOST)));
}

function appeared(reply) {
  return Number(reply.dataset.appeared);
}

/* Note this visit; returns the moment up to which an earlier one has seen everything, or null. */
function visit(replies) {
  const visits = kept();
  const now = Date.now();
  const last = visits[location.pathname] ?? { since: null, seen: null, at: now };
  const since = now - last.at > VISIT ? last.seen : last.since;
  visits[location.pathname] = { since, seen: Math.max(last.seen, ...replies.map(appeared)), at: now };
  keepLatest(visits);
  return since;
}

/* Others can be thanked; what one wrote oneself is not news. */
export function isByOthers(reply) {
  return reply.querySelector(".thanks") !== null;
}

export function markNew(reply) {
  const mark = document.createElement("span");
  mark.className = "new-mark";
  mark.textContent = conversation.dataset.new;
  reply.querySelector(".reply-by")?.append(" ", mark);
}

/* Whoever saw these come has seen them. */
export function noteSeen(replies) {
  const visits = kept();
  const entry = visits[location.pathname];
  if (entry) entry.seen = Math.max(entry.seen, ...replies.map(appeared));
  keepLatest(visits);
}

function tell(fresh) {
  const words = line.querySelector("[data-one]");
  const { one, many } = words.dataset;
  words.textContent = fresh.length === 1 ? one : many.replace("{n}", fresh.length);
  line.hidden = false;
  const button = line.querySelector("button");
  button.addEventListener("click", () => goTo(fresh[0]));
  for (const [place, reply] of fresh.entries()) offerNext(reply, fresh[place + 1]);
}

function offerNext(reply, next) {
  if (!next) return;
  const button = line.querySelector("button").cloneNode();
  button.textContent = button.dataset.later;
  button.addEventListener("click", () => goTo(next));
  reply.querySelector(".new-mark").after(" ", button);
}

function goTo(reply) {
  reveal(reply);
  reply.tabIndex = -1;
  reply.scrollIntoView();
  reply.focus({ preventScroll: true });
}

const replies = [...conversation.querySelectorAll(".thread > li")];
const since = line && visit(replies); // without the line the server marks, as it was asked to
const fresh = since !== null ? replies.filter((reply) => appeared(reply) > since && isByOthers(reply)) : [];
fresh.forEach(markNew);
if (fresh.length) tell(fresh);
