// What every page has: progress, undo, rebuild, help, and the word that a build ran beside it.
import { get, post } from "./api.js";
import { bind } from "./keys.js";
import { word } from "./words.js";

const el = (id) => document.getElementById(id);
const built = document.querySelector('meta[name="built"]').content;
let hiding = 0;

/** Says something for a moment; a screen reader reads it. */
export const tell = (text) => {
  const toast = el("toast");
  toast.textContent = text;
  toast.classList.add("seen");
  clearTimeout(hiding);
  hiding = setTimeout(() => toast.classList.remove("seen"), 4000);
};

export const failed = (error) => tell(error.message);

export const progress = ({ total, decided }) => {
  el("progress").max = Math.max(total, 1);
  el("progress").value = decided;
  el("decided").textContent = decided;
  el("total").textContent = total;
};

/** Whoever shows decisions is told with the answer when something was undone. */
export const undone = { then: null, key: () => "" };

const undo = async () => {
  try {
    const answer = await post("undo", { key: undone.key() });
    tell(word(answer.done ? "told_undo" : "told_nothing"));
    progress(answer);
    if (answer.done && undone.then) undone.then(answer);
  } catch (error) {
    failed(error);
  }
};

export const banner = (text, action, label) => {
  const shown = el("banner");
  shown.replaceChildren(document.createTextNode(text));
  if (action) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", action);
    shown.append(" ", button);
  }
  shown.hidden = false;
};

const reload = async () => {
  try {
    await post("reload");
    location.reload();
  } catch (error) {
    failed(error);
  }
};

let watching = 0;
const watch = async () => {
  clearTimeout(watching);
  let soon = 10000;
  try {
    const state = await get("state");
    if (state.build === "building" || state.build === "comparing") {
      banner(word(state.build));
      el("rebuild").disabled = true;
      soon = 400;
    } else if (el("rebuild").disabled) {
      el("rebuild").disabled = false;
      if (state.build === "failed") banner(`${word("failed")} ${state.told}`);
      else banner(`${word("built")} ${state.told}`, () => location.reload(), word("reload"));
      if (state.build === "done") document.dispatchEvent(new CustomEvent("koubun:built"));
    } else if (state.stale) banner(word("stale"), reload, word("reload"));
    else if (state.built !== built) banner(word("stale"), () => location.reload(), word("reload"));
    progress(state);
  } catch (error) {
    if (!document.hidden) failed(error);
  }
  watching = setTimeout(watch, document.hidden ? 30000 : soon);
};

export const rebuild = async () => {
  try {
    const answer = await post("rebuild");
    if (answer.started) {
      el("rebuild").disabled = true;
      banner(word("building"));
    }
    watch();
  } catch (error) {
    failed(error);
  }
};

const help = () => el("help").showModal();

el("undo").addEventListener("click", undo);
el("rebuild").addEventListener("click", rebuild);
el("help-button").addEventListener("click", help);
bind("u", undo);
bind("b", rebuild);
bind("?", help);
document.addEventListener("visibilitychange", () => document.hidden || watch());
watching = setTimeout(watch, 3000);
