/* Thanking without leaving the page. Without this script the same buttons send the same form. */

const form = document.getElementById("thanks");
let before = Promise.resolve(); // one after another: the cookie of the first answer goes with the second

function show(button, { number, given }) {
  button.name = given ? "take" : "give";
  button.setAttribute("aria-pressed", given);
  button.querySelector("b").textContent = number || "";
  const label = button.getAttribute("aria-label").replace(/ \(\d+\)$/, "");
  button.setAttribute("aria-label", number ? `${label} (${number})` : label);
}

async function press(button) {
  const body = new FormData();
  body.set(button.name, button.value);
  const answer = await fetch(`${form.action}?fragment=1`, { method: "POST", body });
  if (!answer.ok) throw new Error(answer.status);
  show(button, await answer.json());
}

function tellTrouble(button) {
  const message = document.createElement("span");
  message.role = "alert";
  message.textContent = form.dataset.trouble;
  button.after(message);
}

async function send(button) {
  button.parentElement.querySelector("[role=alert]")?.remove();
  button.setAttribute("aria-busy", "true");
  try {
    await press(button);
  } catch {
    tellTrouble(button);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/* The second half of a double click would take back what the first one gave. */
document.addEventListener("click", (event) => {
  if (event.detail > 1 && event.target.closest(".thanks")) event.preventDefault();
});

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = event.submitter;
  if (button.getAttribute("aria-busy") === "true") return;
  before = before.then(() => send(button));
});
