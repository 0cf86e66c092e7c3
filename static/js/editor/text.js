// Changes to the text of a textarea, such that the browser's own undo takes them back.

export function replaceRange(textarea, start, end, text) {
  textarea.focus({ preventScroll: true });
  textarea.setSelectionRange(start, end);
  // Old, but the only way that keeps undo; where it is missing the change is made without.
  const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (!done) {
    textarea.setRangeText(text, start, end, "end");
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// Puts marks around the selection, or takes them away where they are.
export function toggleMarks(textarea, before, after, placeholder) {
  const { value, selectionStart: start, selectionEnd: end } = textarea;
  const marked = value.slice(0, start).endsWith(before) && value.slice(end).startsWith(after);
  const chosen = value.slice(start, end);
  if (marked) {
    replaceRange(textarea, start - before.length, end + after.length, chosen);
    select(textarea, start - before.length, chosen.length);
    return;
  }
  const inside = chosen || placeholder;
  replaceRange(textarea, start, end, before + inside + after);
  select(textarea, start + before.length, inside.length);
}

// Changes every line that the selection touches; `change` gets all of them and returns as many.
export function changeLines(textarea, change) {
  const { value, selectionStart, selectionEnd } = textarea;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const newline = value.indexOf("\n", selectionEnd);
  const end = newline === -1 ? value.length : newline;
  const changed = change(value.slice(start, end).split("\n")).join("\n");
  replaceRange(textarea, start, end, changed);
  select(textarea, start + changed.length, 0);
}

// Sets a block apart by blank lines, below the line of the caret: a paragraph is one line, and stays whole.
// Returns what was inserted.
export function insertBlock(textarea, block) {
  const { value, selectionEnd } = textarea;
  const newline = value.indexOf("\n", selectionEnd);
  const at = newline === -1 ? value.length : newline;
  const before = value.slice(0, at);
  const lead = !before.trim() || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const tail = value.slice(at).startsWith("\n\n") ? "" : "\n\n";
  replaceRange(textarea, at, at, lead + block + tail);
  return lead + block + tail;
}

export function select(textarea, start, length) {
  textarea.setSelectionRange(start, start + length);
}
