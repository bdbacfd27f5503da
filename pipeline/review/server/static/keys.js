// Keys: one place that says whether a key is meant for the page or for a field.
const bound = new Map();

/** `act` is called when `key` (as in KeyboardEvent.key) is pressed outside of fields and dialogs. */
export const bind = (key, act) => bound.set(key, act);

const typing = (target) => target.closest("textarea, select, dialog, [contenteditable]") || (target.matches("input") && !/^(checkbox|radio|button)$/.test(target.type));

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (!(event.target instanceof Element)) return;
  if (typing(event.target)) {
    if (event.key === "Escape" && !event.target.closest("dialog")) event.target.blur();
    return;
  }
  const act = bound.get(event.key);
  if (act) {
    event.preventDefault();
    act(event);
  }
});
