// Offsets: the program counts code points, a browser's strings count UTF-16 units (𠮷 is one and two). All that turns one into the other is here.

/** How many code points a string has. */
export const length = (text) => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/** The part of a string from code point `start` to `end`. */
export const slice = (text, start, end) => Array.from(text).slice(start, end).join("");

/** Code points before UTF-16 unit `unit` of a string; a unit inside a pair counts as before it. */
export const fromUnits = (text, unit) => {
  const inside = unit > 0 && unit < text.length && /[\uDC00-\uDFFF]/.test(text[unit]) && /[\uD800-\uDBFF]/.test(text[unit - 1]);
  return length(text.slice(0, inside ? unit - 1 : unit));
};

/** UTF-16 units before code point `count` of a string. */
export const toUnits = (text, count) => Array.from(text).slice(0, count).join("").length;

/** The offset in the source of a point of the page: of the nearest element with `data-at`, and what of its text stands before the point. */
export const offsetAt = (root, node, unit) => {
  const range = document.createRange();
  range.setStart(root, 0);
  range.setEnd(node, unit);
  let last = null;
  for (const run of root.querySelectorAll("[data-at]")) {
    const place = range.comparePoint(run, 0);
    if (place > 0) break;
    last = run;
  }
  if (!last) return null;
  const at = Number(last.dataset.at);
  const inside = document.createRange();
  inside.selectNodeContents(last);
  const before = inside.comparePoint(node, unit) > 0 ? last.textContent : textBefore(last, node, unit);
  if (last.dataset.length) return before ? at + Number(last.dataset.length) : at;
  return at + length(before);
};

const textBefore = (run, node, unit) => {
  const range = document.createRange();
  range.setStart(run, 0);
  range.setEnd(node, unit);
  const text = range.toString();
  const whole = run.textContent;
  const safe = fromUnits(whole, text.length);
  return slice(whole, 0, safe);
};

/** The span of the source that is selected, inside one text; null for none. White space at its ends is left out. */
export const selectedSpan = () => {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const within = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(".text");
  const root = within(range.startContainer);
  if (!root || root.dataset.side === "then") return null;
  const end = within(range.endContainer) === root ? offsetAt(root, range.endContainer, range.endOffset) : null;
  const start = offsetAt(root, range.startContainer, range.startOffset);
  if (start === null || end === null || end <= start) return null;
  return { source: root.dataset.source, start, end };
};
