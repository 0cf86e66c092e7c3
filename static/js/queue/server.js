/* What the desk asks of the server: one thing after the other, so that the last word is of the last decision. */

const form = document.getElementById("changelist-form");
let sending = Promise.resolve();
let unsent = 0;

/* The session is over, or the page is older than the latest sign-in: only a new page gets through. */
export class NotLetIn extends Error {}

export const isAhead = () => unsent > 0;
export const caughtUp = () => sending;

export function send(address, fields) {
  unsent += 1;
  const answer = sending.then(() => post(address, fields));
  sending = answer
    .catch(() => {})
    .then(() => {
      unsent -= 1;
    });
  return answer;
}

/* What the server says, as { status, message, … }. Throws if it is not ours, or nothing came. */
async function post(address, fields) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const headers = { Accept: "application/json" };
  const answer = await fetch(address, { method: "POST", body, headers, keepalive: true });
  const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (answer.redirected || (answer.status === 403 && !isOurs)) throw new NotLetIn(answer.url);
  if (!isOurs) throw new Error(answer.status);
  return { status: answer.status, ...(await answer.json()) };
}
