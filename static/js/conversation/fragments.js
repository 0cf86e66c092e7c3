/* Pages that are fetched and shown within this one: what replying, reporting and folding have in common. */

const conversation = document.querySelector("[data-replies]");

export function wasPlainClick(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

/* The address at which the server answers with no more than the form. */
export function withFragment(address) {
  const url = new URL(address, location.href);
  url.searchParams.set("fragment", "1");
  return url;
}

/* What is wanted of a page that was answered. Throws if it is not there, with the reason that an error page of ours gives. */
export async function fragmentOf(answer, wanted) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fragment = page.querySelector(wanted);
  if (!fragment) throw new Error(answer.status, { cause: page.querySelector("[data-reason] p") });
  return fragment;
}

export function tellFailure(place, error) {
  const form = place.querySelector("form") ?? place;
  form.querySelector("[data-failure]")?.remove();
  const message = document.createElement("p");
  message.dataset.failure = "";
  message.role = "alert";
  message.textContent = error?.cause?.textContent ?? conversation.dataset.failure;
  form.append(message);
  message.scrollIntoView({ block: "nearest" });
}

/* A page that cannot be fetched is no place to go to with a reply or a report half written. */
export function goUnlessWriting(link) {
  const slot = conversation.querySelector(".reply-slot");
  if (slot) tellFailure(slot);
  else location.assign(link.href);
}
