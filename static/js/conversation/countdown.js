/* How long a reply can still be changed from here: counted down, and taken away when it is over. */

const language = document.querySelector("main").lang;
const MINUTE = 60_000;
const ends = new WeakMap(); // for each time when it is over by this device's clock, and the words it came with
let format = null;

/* Made when it is needed: that takes a phone a fifth of a second, and most readers have no reply of their own here. */
function inMinutes(left) {
  format ??= new Intl.RelativeTimeFormat(language, { numeric: "always" });
  return format.format(Math.ceil(left / MINUTE), "minute");
}

/* The server says how much is left, for this device's clock may be wrong. */
function endOf(time) {
  if (!ends.has(time)) ends.set(time, { at: Date.now() + time.dataset.left * 1000, words: time.textContent });
  return ends.get(time);
}

function count() {
  for (const time of document.querySelectorAll("[data-left]")) {
    const { at, words } = endOf(time);
    const left = at - Date.now();
    const foot = time.closest(".own-foot");
    const isOver = left <= 0 && !foot.contains(document.activeElement); // or the focus would be lost
    if (isOver) foot.remove();
    else time.textContent = `${words} (${inMinutes(left)})`;
  }
}

count();
setInterval(count, 10_000);
