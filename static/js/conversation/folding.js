/* Folding a branch away without a request. Without this script the same links ask the server to leave it out. */

import { keep, recall } from "../storage.js";
import { wasPlainClick } from "./fragments.js";

const conversation = document.querySelector("[data-replies]");
const name = `folded ${location.pathname}`;

function depthOf(reply) {
  return Number(reply.dataset.depth);
}

function controlOf(reply) {
  return reply.querySelector("[data-fold]");
}

function isFolded(reply) {
  return controlOf(reply)?.getAttribute("aria-expanded") === "false";
}

function hasBranchHere(reply) {
  const next = reply.nextElementSibling;
  return next !== null && depthOf(next) > depthOf(reply);
}

/* Hide what stands below a folded reply, and show all else. */
export function arrange() {
  let deepest = Infinity;
  for (const reply of conversation.querySelectorAll(".thread > li")) {
    if (depthOf(reply) <= deepest) deepest = Infinity;
    reply.hidden = deepest !== Infinity;
    if (!reply.hidden && isFolded(reply)) deepest = depthOf(reply);
  }
}

function remembered() {
  return recall("sessionStorage", name) ?? [];
}

function set(reply, folded) {
  controlOf(reply).setAttribute("aria-expanded", !folded);
  const others = remembered().filter((id) => id !== reply.id);
  keep("sessionStorage", name, folded ? [...others, reply.id] : others);
}

/* Unfold every branch that this reply stands in. */
export function reveal(reply) {
  let depth = depthOf(reply);
  for (let above = reply.previousElementSibling; above && depth > 1; above = above.previousElementSibling) {
    if (depthOf(above) >= depth) continue;
    depth = depthOf(above);
    if (isFolded(above)) set(above, false);
  }
  arrange();
}

function revealTarget() {
  const target = /^#comment-\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
  if (!target?.hidden) return;
  reveal(target);
  target.scrollIntoView();
}

conversation.addEventListener("click", (event) => {
  const control = event.target.closest("[data-fold]");
  if (!control || !wasPlainClick(event)) return;
  const reply = control.closest("li");
  if (isFolded(reply) && !hasBranchHere(reply)) return; // the server left it out and must be asked
  event.preventDefault();
  set(reply, !isFolded(reply));
  arrange();
});

for (const id of remembered()) {
  const reply = document.getElementById(id);
  if (reply && controlOf(reply) && hasBranchHere(reply)) controlOf(reply).setAttribute("aria-expanded", "false");
}
arrange();
addEventListener("hashchange", revealTarget);
revealTarget();
