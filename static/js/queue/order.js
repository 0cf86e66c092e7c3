/* The order of the queue, so that a card comes to stand where it belongs whatever was decided and fetched meanwhile. */

const order = []; // the numbers of all cards that the list has had, also of those that were decided about

export const idOf = ({ dataset }) => dataset.card;

/* Takes in a page of the list: cards that are new stand behind the one they follow there. */
export function learn(cards) {
  const ids = cards.map(idOf);
  const known = ids.find((id) => order.includes(id));
  let last = known ? order.indexOf(known) - 1 : order.length - 1;
  for (const id of ids) {
    if (!order.includes(id)) order.splice(last + 1, 0, id);
    last = order.indexOf(id);
  }
}

export function putInOrder(item, list) {
  const rank = (card) => order.indexOf(idOf(card));
  const own = rank(item.querySelector("[data-card]"));
  const next = [...list.querySelectorAll("[data-card]")].find((card) => rank(card) > own);
  list.insertBefore(item, next?.closest("li") ?? null);
}
