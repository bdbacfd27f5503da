// The list of changes and the change beside its source.
import { get, part, post } from "./api.js";
import { offerAdditions, openAddition, openCorrection } from "./editing.js";
import { bind } from "./keys.js";
import { LongList } from "./list.js";
import { banner, failed, progress, rebuild, tell, undone } from "./main.js";
import { word } from "./words.js";

const el = (id) => document.getElementById(id);
const filters = el("filters");
const narrow = matchMedia("(max-width: 820px)");
let position = -1;
let key = "";
const parts = new Map();
/** What was written about changes and goes with their decisions. */
const notes = new Map();

const make = (tag, classes = "", text = "") => {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  if (text) element.textContent = text;
  return element;
};

const asked = () => {
  const told = {};
  for (const [name, value] of new FormData(filters)) if (value) told[name] = value;
  return told;
};

// ---- the list: Tab stops at the current row and at its group's buttons; letters and arrows go from row to row

const currentIndex = () => list.groupOf(Math.max(position, 0));

const head = (group) => {
  const element = make("div", "group");
  element.setAttribute("role", "listitem");
  element.dataset.group = group.key;
  const title = make("h2");
  title.append(make("span", "cause", word(`cause_${group.kind}`)), " ", make("bdi", "name", group.name));
  const counts = make("p", "counts");
  for (const [how, count] of Object.entries(group.hows)) counts.append(make("span", `how ${how}`, `${count} ${word(how)}`), " ");
  for (const [table, [come, gone]] of Object.entries(group.effects)) counts.append(make("span", "effect", `${word(table)}${come ? ` +${come}` : ""}${gone ? ` −${gone}` : ""}`), " ");
  counts.append(make("span", "open", word("told_group", { open: group.open })));
  const buttons = make("span", "group-buttons");
  for (const verdict of ["accept", "reject"]) {
    const button = make("button", verdict, "");
    button.type = "button";
    button.append(make("kbd", "", verdict === "accept" ? "A" : "R"), " ", word(`${verdict}_group`));
    button.disabled = !group.open;
    button.tabIndex = group === list.groups[currentIndex()] ? 0 : -1;
    button.addEventListener("click", () => judgeGroup(group, verdict));
    buttons.append(button);
  }
  if (group.detail) element.title = group.detail;
  element.append(title, counts, buttons);
  return element;
};

const SIGNS = { gained: "+", lost: "−", changed: "≠", moved: "↷" };
const STATES = { accepted: "✓", rejected: "✗", corrected: "✎" };

const row = (told, at) => {
  const element = make("div", "line");
  element.setAttribute("role", "listitem");
  element.setAttribute("aria-setsize", String(list.count));
  element.setAttribute("aria-posinset", String(at + 1));
  const button = make("button", `row ${told.how} ${told.state}`);
  button.type = "button";
  button.dataset.key = told.key;
  if (at === position) button.setAttribute("aria-current", "true");
  button.tabIndex = at === Math.max(position, 0) ? 0 : -1;
  button.append(make("span", "sign-how", SIGNS[told.how]), make("span", `dot kind-${told.kind}`));
  const words = make("span", "words");
  words.append(make("span", "unseen", `${word(told.how)} ${word(told.kind)} `), make("bdi", "surface", told.surface));
  const value = make("span", "value");
  if (told.old && told.how !== "gained") value.append(make("bdi", told.new || told.how === "lost" ? "old" : "", told.old));
  if (told.new) value.append(told.old ? " → " : "", make("bdi", "new", told.new));
  words.append(value);
  button.append(words, make("bdi", "source", told.source));
  if (told.state) {
    const state = make("span", `state ${told.state}`, STATES[told.state]);
    state.append(make("span", "unseen", word(told.state)));
    button.append(state);
  }
  button.addEventListener("click", () => choose(at, { focus: false }));
  element.append(button);
  return element;
};

const list = new LongList(el("rows"), el("canvas"), {
  fetchRows: async (offset, limit) => (await get("changes", { ...asked(), offset, limit })).rows,
  head,
  row,
});

const fill = (name, pairs, label) => {
  const select = filters.elements[name];
  const chosen = select.value || new URLSearchParams(location.search).get(name) || "";
  while (select.options.length > 1) select.remove(1);
  for (const [value, count] of pairs) select.add(new Option(`${label(value)} (${count})`, value));
  if (chosen && ![...select.options].some((option) => option.value === chosen)) select.add(new Option(chosen, chosen));
  select.value = chosen;
};

/** The list anew; `stay` keeps the change that is looked at. */
const load = async ({ stay = false, choices = false } = {}) => {
  const extra = { limit: 100 };
  if (choices) extra.choices = 1;
  if (stay && key) extra.find = key;
  else extra.next = 0;
  try {
    const answer = await get("changes", { ...asked(), ...extra });
    list.reset(answer.groups, answer.rows);
    el("shown").textContent = toldShown(answer);
    progress(answer);
    if (choices && answer.total && answer.decided >= answer.total) finished(answer);
    if (choices) {
      fill("kind", answer.choices.kind, word);
      fill("how", answer.choices.how, word);
      fill("source", answer.choices.source, (id) => id);
      fill("rule", answer.choices.rule, (id) => id);
    }
    const next = stay && key ? answer.found : answer.open;
    if (next >= 0) await choose(next, { focus: false, open: !narrow.matches });
    else if (!stay && answer.count && !narrow.matches) await choose(0, { focus: false });
    else if (!answer.count || next < 0) nothing();
  } catch (error) {
    failed(error);
  }
};

const nothing = () => {
  position = -1;
  key = "";
  el("detail").replaceChildren(make("p", "empty", word("nothing_chosen")));
};

// ---- one change

const shownPart = (wanted) => {
  if (!parts.has(wanted)) {
    const asking = part(`changes/${wanted}`);
    asking.catch(() => parts.delete(wanted));
    parts.set(wanted, asking);
    if (parts.size > 60) parts.delete(parts.keys().next().value);
  }
  return parts.get(wanted);
};

const centre = () => {
  for (const view of el("detail").querySelectorAll(".view")) {
    const target = view.querySelector(".text .target");
    const scroll = target?.closest(".scroll");
    if (scroll) scroll.scrollTop = target.offsetTop - scroll.clientHeight / 2;
    if (scroll && target.offsetLeft + target.offsetWidth > scroll.clientWidth) scroll.scrollLeft = target.offsetLeft - scroll.clientWidth / 2;
    const box = view.querySelector("rect.target");
    const paper = box?.closest(".sheet");
    if (paper) {
      const { x, width } = box.getBoundingClientRect();
      paper.scrollLeft += x + width / 2 - paper.getBoundingClientRect().x - paper.clientWidth / 2;
    }
    if (paper) paper.scrollTop = (Number(box.getAttribute("y")) / box.ownerSVGElement.viewBox.baseVal.height) * paper.scrollHeight - paper.clientHeight / 2;
  }
};

const choose = async (at, { focus = true, open = true } = {}) => {
  const told = await list.at(at).catch(failed);
  if (!told) return;
  position = at;
  key = told.key;
  list.reveal(at);
  for (const button of el("canvas").querySelectorAll(".row")) {
    if (button.dataset.key === key) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
    button.tabIndex = button.dataset.key === key ? 0 : -1;
  }
  const group = list.groups[currentIndex()]?.key;
  for (const button of el("canvas").querySelectorAll(".group button")) button.tabIndex = button.closest(".group").dataset.group === group ? 0 : -1;
  if (open) el("panes").classList.add("opened");
  try {
    const html = await shownPart(key);
    if (key !== told.key) return;
    el("detail").innerHTML = html;
    el("detail").scrollTop = 0;
    el("back").addEventListener("click", () => {
      el("panes").classList.remove("opened");
      list.draw();
      list.reveal(position);
    });
    el("note").value = notes.get(key) ?? "";
    centre();
    if (focus && !narrow.matches) el("canvas").querySelector(`[data-key="${key}"]`)?.focus({ preventScroll: true });
    const after = await list.at(at + 1);
    if (after) shownPart(after.key);
  } catch (error) {
    failed(error);
  }
};

const step = (by) => choose(Math.max(0, Math.min(list.count - 1, position + by)));

const stepGroup = (by) => {
  if (!list.groups.length) return;
  const group = position < 0 ? 0 : list.groupOf(position) + by;
  choose(list.starts[Math.max(0, Math.min(list.groups.length - 1, group))]);
};

const nextOpen = async () => {
  const answer = await get("changes", { ...asked(), limit: 1, offset: 0, next: Math.max(0, position + 1) });
  if (answer.open >= 0) await choose(answer.open);
  else tell(word("told_all"));
};

// ---- deciding

const took = (answer) => {
  progress(answer);
  for (const [told, state] of Object.entries(answer.states ?? {})) {
    parts.delete(told);
    for (const one of list.rows.values()) if (one.key === told) one.state = state;
  }
};

const toldShown = (answer) => {
  const moved = answer.moved ? word("told_moved", { n: answer.moved }) : "";
  return word("told_shown", { n: answer.count, all: answer.total, moved });
};

/** The next open change behind the one that was decided. With a filter by state the list itself has changed. */
const goOn = async () => {
  const answer = await get("changes", { ...asked(), limit: 100, groups: 1, next: Math.max(0, filters.elements.state.value ? position : position + 1) });
  if (filters.elements.state.value) {
    list.reset(answer.groups, answer.rows);
    el("shown").textContent = toldShown(answer);
  } else {
    list.groups = answer.groups;
    list.redraw();
  }
  if (answer.open >= 0) await choose(answer.open);
  else {
    finished(answer);
    if (filters.elements.state.value && !answer.count) nothing();
    else await choose(Math.min(position, list.count - 1));
  }
};

/** Nothing of the list is open any more; of the whole list: what comes next. */
const finished = (answer) => {
  tell(word("told_all"));
  if (answer.decided < answer.total) return;
  if (answer.touched) return banner(word("told_all"), rebuild, word("rebuild"));
  banner(word("told_all"), async () => {
    try {
      const { marked } = await post("reviewed");
      banner(word("told_reviewed", { n: marked.length }));
    } catch (error) {
      failed(error);
    }
  }, word("review_all"));
};

let turn = Promise.resolve();
let waits = 0;
const busy = (is) => el("rows").setAttribute("aria-busy", String(is));

/** One after the other, so that quick keys each meet the change that is shown by then. */
const inTurn = (act) => {
  waits += 1;
  busy(true);
  turn = turn
    .then(act)
    .catch(failed)
    .finally(() => busy(--waits > 0));
  return turn;
};

const told = (verdict, answer) => tell(word(`told_${verdict}`, { n: answer.done }) + (answer.gone ? word("told_gone", { n: answer.gone }) : "") + (answer.refused ? word("told_refused", { n: answer.refused, why: answer.why }) : ""));

const judge = (verdict) =>
  inTurn(async () => {
    if (!key) return;
    const answer = await post("judge", { do: verdict, keys: [key], reason: el("note")?.value ?? "" });
    took(answer);
    told(verdict, answer);
    await goOn();
  });

const judgeGroup = (group, verdict) =>
  inTurn(async () => {
    const answer = await post("judge", { do: verdict, group: group.key, filter: asked(), reason: el("note")?.value ?? "" });
    took(answer);
    told(verdict, answer);
    await goOn();
  });

const currentGroup = (verdict) => position >= 0 && judgeGroup(list.groups[list.groupOf(position)], verdict);

const article = () => el("detail").querySelector("article");
const saved = (answer) => {
  took(answer);
  tell(word("told_saved"));
};

const edit = () => {
  const shown = article();
  if (!shown || shown.dataset.editable !== "1") return;
  openCorrection(shown, el("detail").querySelector('.text:not([data-side="then"])'), { key }, async (answer) => {
    saved(answer);
    await inTurn(goOn);
  });
};

const add = () => {
  const shown = article();
  if (shown) openAddition(shown.dataset.source, saved);
};

offerAdditions((span) => openAddition(span.source, saved, span));
undone.key = () => key;
undone.then = (answer) => {
  took(answer);
  const first = Object.keys(answer.states ?? {})[0];
  if (first) key = first;
  inTurn(() => load({ stay: true }));
};

const acts = {
  accept: () => judge("accept"),
  reject: () => judge("reject"),
  edit,
  add,
  previous: () => step(-1),
  next: () => step(1),
};

el("detail").addEventListener("input", (event) => {
  if (event.target.id === "note") notes.set(key, event.target.value);
});
/** Enter leaves the note; a decision that is there already is written again with it. */
el("detail").addEventListener("keydown", (event) => {
  if (event.target.id !== "note" || event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  event.target.blur();
  const verdict = { accepted: "accept", rejected: "reject" }[list.rows.get(position)?.state];
  if (!verdict) return tell(word("told_note"));
  inTurn(async () => {
    took(await post("judge", { do: verdict, keys: [key], reason: notes.get(key) ?? "" }));
    tell(word("told_saved"));
  });
});

el("detail").addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button && !button.disabled) acts[button.dataset.do]();
});

bind("j", () => inTurn(() => step(1)));
bind("k", () => inTurn(() => step(-1)));
bind("ArrowDown", () => inTurn(() => step(1)));
bind("ArrowUp", () => inTurn(() => step(-1)));
bind("g", () => inTurn(() => stepGroup(1)));
bind("G", () => inTurn(() => stepGroup(-1)));
bind("o", () => inTurn(nextOpen));
bind("a", acts.accept);
bind("r", acts.reject);
bind("A", () => currentGroup("accept"));
bind("R", () => currentGroup("reject"));
bind("e", edit);
bind("m", add);
bind("n", () => el("note")?.focus());
bind("/", () => filters.elements.words.focus());
bind("s", () => el("detail").querySelector(".where a")?.click());
bind("Escape", () => el("panes").classList.remove("opened"));

// ---- filters; a narrow window shows the choices when asked

const choices = el("choices");
el("more").addEventListener("click", () => el("more").setAttribute("aria-expanded", String(choices.classList.toggle("opened"))));
let waiting = 0;
const filtered = () => {
  const told = asked();
  el("more").classList.toggle("used", [...choices.querySelectorAll("select")].some((select) => select.value));
  history.replaceState(null, "", `?${new URLSearchParams(told)}`);
  inTurn(() => {
    key = "";
    return load();
  });
};
filters.addEventListener("input", (event) => {
  clearTimeout(waiting);
  busy(true);
  waiting = setTimeout(filtered, event.target.type === "search" ? 200 : 0);
});
filters.addEventListener("submit", (event) => {
  event.preventDefault();
  filters.elements.words.blur();
});
filters.addEventListener("reset", () => setTimeout(filtered));

const given = new URLSearchParams(location.search);
for (const name of ["words", "state"]) if (given.get(name)) filters.elements[name].value = given.get(name);
for (const name of ["kind", "how", "source", "rule"]) {
  const value = given.get(name);
  if (value) filters.elements[name].add(new Option(value, value, true, true));
}
inTurn(() => load({ choices: true }));
