// Keys, highlights and text selection. Everything here has a plain form or link that does the same without scripts.

const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

/** Keys are bound to the place on the keyboard (event.code), so that an Arabic layout works as well as a Latin one. */
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && typing(event.target)) return event.target.blur();
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  if (digit) return choosePart(event, digit[1]);
  const shift = event.code === "Slash" && event.shiftKey;
  const found = [...document.querySelectorAll(`[data-code="${event.code}"]`)].find((one) => one.hasAttribute("data-shift") === shift);
  if (!found) return;
  event.preventDefault();
  if (found.matches("input")) return found.focus();
  if (found.matches("summary")) {
    const details = found.parentElement;
    details.open = !details.open;
    return (details.open ? details.querySelector("select, input:not([type=hidden])") : found).focus();
  }
  found.click();
}

/** Light up the parts of an event while its card is hovered or focused, and the other way round. */
function light(numbers) {
  const wanted = new Set(numbers);
  for (const span of document.querySelectorAll("#text [data-r]")) {
    span.classList.toggle("on", span.dataset.r.split(" ").some((one) => wanted.has(one)));
  }
  for (const card of document.querySelectorAll(".event[data-n]")) card.classList.toggle("on", wanted.has(card.dataset.n));
}

function bindLights() {
  for (const card of document.querySelectorAll(".event[data-n]")) {
    for (const kind of ["mouseenter", "focusin"]) card.addEventListener(kind, () => light([card.dataset.n]));
    card.addEventListener("mouseleave", () => light([]));
  }
  document.querySelector("#text")?.addEventListener("mouseover", (event) => {
    const span = event.target.closest("[data-r]");
    if (span) light(span.dataset.r.split(" "));
  });
}

/** Offsets are Unicode code points of the text; the page counts UTF-16 units. */
const points = (text) => [...text].length;

function selectedSpan(text) {
  const selection = window.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEnd(range.startContainer, range.startOffset);
  const words = range.toString();
  const start = points(before.toString());
  return words.trim() ? { start, end: start + points(words), words } : null;
}

function bindSelection() {
  const text = document.querySelector("#text");
  const form = document.querySelector("#part");
  if (!text || !form) return;
  document.addEventListener("selectionchange", () => {
    const span = selectedSpan(text);
    if (!span) return;
    form.elements.start.value = span.start;
    form.elements.end.value = span.end;
    form.elements.words.value = span.words.trim();
    form.classList.add("ready");
  });
}

function choosePart(event, digit) {
  const form = document.querySelector("#part");
  const option = form?.querySelector(`option[data-code="Digit${digit}"]`);
  if (!option || !form.elements.words.value) return;
  event.preventDefault();
  form.elements.part.value = option.value;
  form.elements.replaces.focus();
}

for (const button of document.querySelectorAll("[data-opens]")) {
  button.addEventListener("click", () => document.getElementById(button.dataset.opens).showModal());
}
document.documentElement.classList.add("scripts");
document.addEventListener("keydown", onKey);
bindLights();
bindSelection();
