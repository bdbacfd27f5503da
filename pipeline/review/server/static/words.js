// The labels of the page's language, and what they are filled with.
const labels = JSON.parse(document.getElementById("words").textContent);

/** A label; `{n}` in it is filled from `values`. */
export const word = (name, values = {}) =>
  (labels[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
