/* Which letters are no orders to the desk: those of a text, also what is typed on after an answer was sent. */

const PAUSE = 1000; // in milliseconds, after which a letter is an order again
let latest = -PAUSE;

export function isTyping(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog");
}

export function noteTyping(event) {
  latest = event.timeStamp;
}

export function isTypedOn(event) {
  const isText = event.key.length === 1 || event.key === "Enter";
  const isOn = isText && event.timeStamp - latest < PAUSE;
  if (isOn) noteTyping(event);
  return isOn;
}
