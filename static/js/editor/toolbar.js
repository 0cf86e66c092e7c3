// The buttons above the text, and their keys. One stop for the tab key; the arrows move within (WAI-ARIA toolbar).
import { changeLines, insertBlock, replaceRange, select, toggleMarks } from "./text.js";

const KEYS = { b: "bold", i: "italic", k: "link" };
const HEADING = /^(#{1,6}) +/;

export function setUpToolbar({ root, textarea, words }, { choosePicture }) {
  const toolbar = root.querySelector(".editor-toolbar");
  const word = words.wordText;
  const commands = {
    bold: () => toggleMarks(textarea, "**", "**", word),
    italic: () => toggleMarks(textarea, "*", "*", word),
    link: () => insertLink(textarea, word),
    heading: () => changeLines(textarea, (lines) => lines.map(nextHeading)),
    quote: () => changeLines(textarea, (lines) => togglePrefix(lines, /^> ?/, () => "> ")),
    list: () => changeLines(textarea, (lines) => togglePrefix(lines, /^[-*+] +/, () => "- ")),
    steps: () => changeLines(textarea, (lines) => togglePrefix(lines, /^\d+[.)] +/, (i) => `${i + 1}. `)),
    code: () => insertCode(textarea, word),
    picture: choosePicture,
    more: () => insertBlock(textarea, "<!-- more -->"),
  };
  toolbar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-command]");
    if (button) commands[button.dataset.command]();
  });
  textarea.addEventListener("keydown", (event) => {
    const command = KEYS[event.key.toLowerCase()];
    if (!command || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    commands[command]();
  });
  moveByArrows(toolbar);
  toolbar.hidden = false;
}

// No heading, second level (the title is the first), third, and none again.
function nextHeading(line) {
  const level = line.match(HEADING)?.[1].length ?? 0;
  const bare = line.replace(HEADING, "");
  return level === 0 ? `## ${bare}` : level === 2 ? `### ${bare}` : bare;
}

function togglePrefix(lines, pattern, prefix) {
  const all = lines.every((line) => pattern.test(line));
  return lines.map((line, i) => (all ? line.replace(pattern, "") : prefix(i) + line.replace(pattern, "")));
}

function insertLink(textarea, word) {
  const { value, selectionStart: start, selectionEnd: end } = textarea;
  const chosen = value.slice(start, end);
  const isAddress = /^https?:\/\/\S+$/.test(chosen);
  const text = isAddress || !chosen ? word : chosen;
  const address = isAddress ? chosen : "https://";
  replaceRange(textarea, start, end, `[${text}](${address})`);
  if (isAddress) select(textarea, start + 1, text.length);
  else select(textarea, start + text.length + 3, address.length);
}

function insertCode(textarea, word) {
  const chosen = textarea.value.slice(textarea.selectionStart, textarea.selectionEnd);
  if (chosen.includes("\n")) changeLines(textarea, (lines) => ["```", ...lines, "```"]);
  else toggleMarks(textarea, "`", "`", word);
}

function moveByArrows(toolbar) {
  const buttons = [...toolbar.querySelectorAll("button")];
  const stopAt = (chosen) => {
    for (const button of buttons) button.tabIndex = button === chosen ? 0 : -1;
  };
  stopAt(buttons[0]);
  toolbar.addEventListener("focusin", (event) => stopAt(event.target));
  toolbar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons.at(to % buttons.length).focus();
  });
}
