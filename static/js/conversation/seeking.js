/* A reply's address names no page of the thread: where it is not on this one, ask where it is. */

import { keep, recall } from "../storage.js";

const conversation = document.querySelector("[data-replies]");

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

addEventListener("hashchange", seek);
seek();
