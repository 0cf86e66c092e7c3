/* What a page keeps in this browser, in "localStorage" or "sessionStorage". Where that is forbidden, full or
   damaged nothing is kept, and all else works. */

export function recall(storage, name) {
  try {
    return JSON.parse(window[storage].getItem(name));
  } catch {
    return null;
  }
}

export function keep(storage, name, value) {
  try {
    window[storage].setItem(name, JSON.stringify(value));
  } catch {
    // What this browser does not keep, it does not know next time.
  }
}
