// A whole source: click or walk through what was found, add what was missed.
import { part, path, post } from "./api.js";
import { offerAdditions, openAddition, openCorrection } from "./editing.js";
import { bind } from "./keys.js";
import { failed, progress, tell } from "./main.js";
import { word } from "./words.js";

const el = (id) => document.getElementById(id);
const reading = document.querySelector(".reading");
const source = reading.dataset.source;
const entries = [...el("entries").querySelectorAll(".entry")];
let current = -1;

const spots = (ref) => [...reading.querySelectorAll(`[data-ref~="${CSS.escape(ref)}"]`)];

const panel = async (entry) => {
  const ref = entry.dataset.ref;
  el("panel").hidden = false;
  if (/^(leftover|issue|dec)-/.test(ref)) {
    const text = document.createElement("p");
    text.append(entry.querySelector(".surface").cloneNode(true), " ", entry.querySelector(".value").cloneNode(true));
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.do = "add";
    button.append(word("add"));
    el("panel").replaceChildren(text, ...(Number(entry.dataset.start) >= 0 && !ref.startsWith("dec-") ? [button] : []));
    return;
  }
  const html = await part(`mentions/${path(source)}?ref=${encodeURIComponent(ref)}`);
  if (entries[current] === entry) el("panel").innerHTML = html;
};

const choose = (index, { focus = true } = {}) => {
  const entry = entries[index];
  if (!entry) return;
  if (current >= 0) {
    entries[current].removeAttribute("aria-current");
    spots(entries[current].dataset.ref).forEach((spot) => spot.classList.remove("chosen"));
  }
  current = index;
  entry.setAttribute("aria-current", "true");
  const marked = spots(entry.dataset.ref);
  marked.forEach((spot) => spot.classList.add("chosen"));
  marked[0]?.scrollIntoView({ block: "center", inline: "nearest" });
  if (focus) entry.focus({ preventScroll: true });
  entry.scrollIntoView({ block: "nearest" });
  panel(entry).catch(failed);
};

const visible = (index) => !entries[index].parentElement.hidden;
const step = (by) => {
  let index = current + by;
  while (index >= 0 && index < entries.length && !visible(index)) index += by;
  if (index >= 0 && index < entries.length) choose(index);
};

el("entries").addEventListener("click", (event) => {
  const entry = event.target.closest(".entry");
  if (entry) choose(entries.indexOf(entry), { focus: false });
});

reading.addEventListener("click", (event) => {
  const spot = event.target.closest("[data-ref]");
  if (!spot || !document.getSelection().isCollapsed) return;
  const refs = spot.dataset.ref.split(" ").reverse();
  const at = current >= 0 ? refs.indexOf(entries[current].dataset.ref) : -1;
  const wanted = refs[(at + 1) % refs.length];
  choose(entries.findIndex((entry) => entry.dataset.ref === wanted), { focus: false });
});

const saved = (answer) => {
  progress(answer);
  tell(word("told_saved"));
};

const add = (span = null) => {
  const entry = entries[current];
  const own = entry && /^(leftover|issue)-/.test(entry.dataset.ref) && Number(entry.dataset.start) >= 0;
  openAddition(source, saved, span ?? (own ? { start: Number(entry.dataset.start), end: Number(entry.dataset.end) } : null));
};

const edit = () => {
  const shown = el("panel").querySelector("article");
  if (shown) openCorrection(shown, reading, { mention: shown.dataset.mention }, saved);
};

el("panel").addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button?.dataset.do === "edit") edit();
  if (button?.dataset.do === "add") add();
});

for (const box of document.querySelectorAll("[data-look]")) {
  if (!box.matches("input")) continue;
  box.addEventListener("change", () => {
    const look = box.dataset.look;
    reading.classList.toggle(`without-${look}`, !box.checked);
    for (const line of el("entries").children) if (line.dataset.look === look) line.hidden = !box.checked;
  });
}

offerAdditions((span) => add(span));
bind("j", () => step(1));
bind("k", () => step(-1));
bind("ArrowDown", () => step(1));
bind("ArrowUp", () => step(-1));
bind("m", () => add());
bind("e", edit);

el("review")?.addEventListener("click", async () => {
  try {
    await post("reviewed", { sources: [source] });
    el("reviewed").textContent = word("review_reviewed");
    el("reviewed").className = "tag review-reviewed";
    el("review").remove();
    tell(word("review_reviewed"));
  } catch (error) {
    failed(error);
  }
});

const wanted = decodeURIComponent(location.hash.slice(1));
if (wanted) {
  const at = wanted.startsWith("at") ? wanted.slice(2) : "";
  const index = entries.findIndex((entry) => entry.dataset.ref === wanted || (at && entry.dataset.start === at));
  choose(index, { focus: false });
}
