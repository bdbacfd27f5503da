// The form for a row: corrected, or added for a text that was selected or typed; or an erratum of the source.
import { get, post } from "./api.js";
import { length, selectedSpan, slice } from "./codepoints.js";
import { bind } from "./keys.js";
import { failed } from "./main.js";
import { word } from "./words.js";

const el = (id) => document.getElementById(id);
const dialog = el("form");
const form = el("row-form");
let work = null;
let readingNumber = 0;

const kindChosen = () => form.elements.kind.value;
const columnsOf = (kind) => dialog.querySelector(`[data-columns="${kind}"]`);

const show = (kind) => {
  for (const group of dialog.querySelectorAll(".columns")) {
    const here = group.dataset.columns === kind;
    group.hidden = !here;
    for (const input of group.querySelectorAll("input")) input.disabled = !here;
  }
};

const fill = (kind, values, { anew = true } = {}) => {
  for (const input of columnsOf(kind)?.querySelectorAll("input") ?? []) {
    if (!anew && input.dataset.touched) continue;
    input.value = values[input.name] ?? "";
    if (anew) delete input.dataset.touched;
  }
};

const problem = (text) => {
  el("form-problem").textContent = text;
  el("form-problem").hidden = !text;
};

/** The text that is known around the span: from the page, or what the server gave. */
const showSpan = () => {
  const context = el("form-context");
  context.replaceChildren();
  el("form-span").hidden = !work.span;
  if (!work.span) return;
  const { start, end } = work.span;
  const { text, at } = work.around;
  const mark = document.createElement("mark");
  mark.className = "target new";
  mark.textContent = slice(text, start - at, end - at);
  const bdi = document.createElement("bdi");
  bdi.append(slice(text, Math.max(0, start - at - 30), start - at), mark, slice(text, end - at, end - at + 30));
  context.append(bdi);
  context.scrollTop = mark.offsetTop - context.clientHeight / 2;
};

/** What the program reads there fills the fields that nobody wrote into. */
const readAgain = async ({ chooseKind = false } = {}) => {
  const number = ++readingNumber;
  const { source, span } = work;
  const answer = await get("reading", { source, start: span.start, end: span.end });
  if (number !== readingNumber || !dialog.open) return;
  work.around = { text: answer.around, at: answer.at };
  nudgeable(true);
  showSpan();
  for (const [kind, values] of Object.entries(answer.kinds)) fill(kind, values, { anew: false });
  if (chooseKind && !kindChosen()) {
    const first = Object.keys(answer.kinds)[0];
    if (first) form.elements.kind.value = first;
    show(kindChosen());
  }
};

const nudgeable = (can) => {
  for (const button of dialog.querySelectorAll("[data-nudge]")) button.disabled = !can;
};

const open = (title, { find }) => {
  nudgeable(false);
  el("form-title").textContent = title;
  el("find-field").hidden = !find;
  el("place-field").hidden = true;
  el("form-text").value = "";
  el("form-reason").value = el("note")?.value ?? "";
  problem("");
  if (!dialog.open) dialog.showModal();
};

/** Correct the row of `shown` (an element with its span, kind and fields). */
export const openCorrection = (shown, text, target, done) => {
  const { kind, source, start, end, fields } = shown.dataset;
  const selected = selectedSpan();
  const span = selected && selected.source === source ? { start: selected.start, end: selected.end } : { start: Number(start), end: Number(end) };
  work = { mode: "correct", source, span, target, done, around: { text: "", at: span.start } };
  form.reset();
  for (const input of form.querySelectorAll(".columns input")) delete input.dataset.touched;
  fill(kind, JSON.parse(fields));
  for (const input of columnsOf(kind).querySelectorAll("input")) input.dataset.touched = "1";
  form.elements.kind.value = kind;
  el("form-kinds").hidden = true;
  show(kind);
  open(word("correct_title"), { find: false });
  showSpan();
  readAgain().catch(failed);
  columnsOf(kind).querySelector("input").focus();
};

/** Add a row for what is selected, for `span`, or for a text to be typed. */
export const openAddition = (source, done, span = null) => {
  const selected = span ?? selectedSpan();
  const here = selected && (!selected.source || selected.source === source) ? { start: selected.start, end: selected.end } : null;
  work = { mode: "add", source, span: here, done, around: { text: "", at: 0 } };
  form.reset();
  for (const kind of ["date", "amount", "organisation", "municipality", "text"]) fill(kind, {});
  el("form-kinds").hidden = false;
  show("");
  open(word("add_title"), { find: !here });
  showSpan();
  if (here) {
    readAgain({ chooseKind: true }).catch(failed);
    form.elements.kind[0].focus();
  } else el("form-text").focus();
};

// ---- a text that is typed

const found = async () => {
  const text = el("form-text").value;
  if (!text) return;
  const answer = await get("find", { source: work.source, text });
  problem(answer.count ? "" : word("not_found"));
  const select = el("form-place");
  select.replaceChildren();
  for (const place of answer.places) {
    const option = new Option(`…${place.before}【${text}】${place.after}…`, `${place.start} ${place.end}`);
    select.add(option);
  }
  el("place-field").hidden = answer.places.length < 2;
  if (answer.places.length) await placed();
  else {
    work.span = null;
    showSpan();
  }
};

const placed = async () => {
  const [start, end] = el("form-place").value.split(" ").map(Number);
  work.span = { start, end };
  await readAgain({ chooseKind: true });
};

let typing = 0;
el("form-text").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => found().catch(failed), 250);
});
el("form-place").addEventListener("change", () => placed().catch(failed));

// ---- span and fields

dialog.addEventListener("click", (event) => {
  const nudge = event.target.closest("[data-nudge]");
  if (!nudge || !work.span) return;
  const [side, by] = nudge.dataset.nudge.split(" ");
  const span = { ...work.span, [side]: work.span[side] + Number(by) };
  const { text, at } = work.around;
  if (span.start < at || span.end > at + length(text) || span.start >= span.end) return;
  work.span = span;
  if (work.mode === "correct") for (const input of form.querySelectorAll(".columns input")) if (input.dataset.touched === "1") delete input.dataset.touched;
  showSpan();
  readAgain().catch(failed);
});

form.addEventListener("input", (event) => {
  if (event.target.name === "kind") show(kindChosen());
  else if (event.target.closest(".columns")) event.target.dataset.touched = "2";
});

const values = (kind) => {
  const told = {};
  for (const input of columnsOf(kind).querySelectorAll("input")) if (input.value) told[input.name] = input.value;
  return told;
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const kind = kindChosen();
  if (!work.span) return problem(word("choose_text"));
  if (!kind) return problem(word("choose_kind"));
  const reason = el("form-reason").value;
  const told = { source: work.source, ...work.span, reason };
  el("form-save").disabled = true;
  try {
    let answer;
    if (work.mode === "correct") answer = await post("correct", { ...told, ...work.target, set: values(kind) });
    else if (kind === "text") answer = await post("erratum", { ...told, text: values("text").text ?? "" });
    else answer = await post("add", { ...told, kind, set: values(kind) });
    dialog.close();
    work.done(answer);
  } catch (error) {
    problem(error.message);
  } finally {
    el("form-save").disabled = false;
  }
});
el("form-cancel").addEventListener("click", () => dialog.close());

// ---- a button beside what is selected

const chip = document.createElement("button");
chip.type = "button";
chip.className = "chip";
chip.hidden = true;
chip.textContent = `+ ${word("add")}`;
document.body.append(chip);
let additions = null;

/** Selected text gets a button; `act` is called with its span. */
export const offerAdditions = (act) => {
  additions = act;
};

const place = () => {
  const span = dialog.open ? null : selectedSpan();
  chip.hidden = !span || !additions;
  if (chip.hidden) return;
  const box = document.getSelection().getRangeAt(0).getBoundingClientRect();
  chip.style.left = `${Math.max(8, Math.min(innerWidth - 120, box.left))}px`;
  chip.style.top = `${Math.min(innerHeight - 40, box.bottom + 6)}px`;
};
document.addEventListener("selectionchange", place);
document.addEventListener("scroll", place, { capture: true, passive: true });
chip.addEventListener("mousedown", (event) => event.preventDefault());
chip.addEventListener("click", () => {
  const span = selectedSpan();
  chip.hidden = true;
  if (span && additions) additions(span);
});
bind("Enter", () => {
  const span = selectedSpan();
  if (span && additions) additions(span);
  else if (document.activeElement instanceof HTMLElement) document.activeElement.click();
});
