/* Letters that somebody goes on typing after an answer was sent are no orders to the desk. */

const PAUSE = 1000; // in milliseconds, after which a letter is an order again
let latest = -PAUSE;

export function noteTyping(event) {
  latest = event.timeStamp;
}

export function isTypedOn(event) {
  const isOn = event.timeStamp - latest < PAUSE;
  if (isOn) noteTyping(event);
  return isOn;
}
