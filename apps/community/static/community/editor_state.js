/** The draft, what the server said to it, and saving: one version on top of another, never over somebody else's. */
import { Refused, call } from "../screens/api.js";
import { say } from "../screens/console/saying.js";
import { page } from "../screens/page.js";
import { toast } from "../screens/parts/dialog.js";
import { batch, computed, signal } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { draftOf, newName, onTopOf, tidied, wire } from "./draft.js";

/** @typedef {import("./draft.js").Draft} Draft @typedef {import("./draft.js").Segment} Segment */

const URL = `/api/v1/events/${page.code}/programme/`;
const KEPT = `editor/${page.code}`;

/** What the server has, as this page knows it. @type {import("../screens/vendor/preact.js").Signal<any>} */
export const saved = signal(page.editing);
/** @type {import("../screens/vendor/preact.js").Signal<Draft>} */
export const draft = signal(draftOf(page.editing.programme));
/** Sentences by path, as the server names it. @type {import("../screens/vendor/preact.js").Signal<Record<string, string>>} */
export const faults = signal({});
export const isBusy = signal(false);
/** Somebody else's version, while it is to be decided which one holds. @type {import("../screens/vendor/preact.js").Signal<any>} */
export const theirs = signal(null);
/** Segments that stand open, by key. @type {import("../screens/vendor/preact.js").Signal<Record<string, boolean>>} */
export const opened = signal({});
/** The id of what is to have the focus once it is drawn. */
export const wanted = signal("");
/** What a screen reader is told of a move. */
export const told = signal("");

const text = (/** @type {Draft} */ one) => JSON.stringify(wire(tidied(one)));
export const isChanged = computed(() => text(draft.value) !== text(draftOf(saved.value.programme)));

export const faultAt = (/** @type {string} */ path) => faults.value[path] ?? "";
/** Whether the server said something about this or what is in it. @param {string} path */
export const hasFault = (path) => Object.keys(faults.value).some((key) => key === path || key.startsWith(`${path}.`) || key.startsWith(`${path}[`));

export function change(/** @type {Partial<Draft>} */ changes) {
  draft.value = { .../** @type {Draft} */ (draft.value), ...changes };
  keep();
}

export function changeSegment(/** @type {string} */ key, /** @type {Partial<Segment>} */ changes) {
  change({ segments: draft.value.segments.map((one) => (one.key === key ? /** @type {Segment} */ ({ ...one, ...changes }) : one)) });
}

export function addSegment(/** @type {string} */ kind, /** @type {string} */ title) {
  const key = newName();
  change({ segments: [...draft.value.segments, { key, kind, title, minutes: 10, prompts: [] }] });
  open(key);
  wanted.value = `${key}-title`;
}

export const open = (/** @type {string} */ key, isOpen = true) => (opened.value = { ...opened.value, [key]: isOpen });

export async function save() {
  if (isBusy.peek()) return;
  isBusy.value = true;
  draft.value = tidied(draft.peek());
  try {
    take(await call({ url: URL, method: "PUT", body: { version: saved.peek().version, programme: wire(draft.peek()) } }));
    toast(_("Saved. Every screen has it."));
  } catch (error) {
    await refused(error);
  }
  isBusy.value = false;
}

async function refused(/** @type {unknown} */ error) {
  if (!(error instanceof Refused)) return say(_("No answer from the server. Your changes are kept here; save again in a moment."));
  if (error.code === "edited_meanwhile") return look(error.message);
  faults.value = error.fields;
  if (error.code !== "bad_programme") say(error.message);
  for (const [place, segment] of draft.peek().segments.entries()) if (hasFault(`segments[${place}]`)) open(segment.key);
  // Once it is drawn.
  setTimeout(() => /** @type {HTMLElement | null} */ (document.querySelector("[aria-invalid=true], .refusal"))?.focus());
  return undefined;
}

/** Fetches the version that was saved meanwhile, to be decided on. @param {string} sentence */
async function look(sentence) {
  try {
    theirs.value = { ...(await call({ url: URL })), sentence };
  } catch {
    say(sentence);
  }
}

/** Theirs instead of mine. */
export function takeTheirs() {
  take(theirs.peek());
  theirs.value = null;
}

/** Mine on top of theirs; what they changed is gone then, and everybody has seen that it would be. */
export async function keepMine() {
  const other = theirs.peek();
  batch(() => {
    draft.value = onTopOf(draft.peek(), draftOf(other.programme));
    saved.value = other;
    theirs.value = null;
  });
  await save();
}

/** @param {any} answer */
function take(answer) {
  batch(() => {
    const before = draft.peek().segments;
    saved.value = answer;
    draft.value = draftOf(answer.programme);
    faults.value = {};
    // What was new has an id now, and stays open or closed as it was.
    opened.value = Object.fromEntries(draft.peek().segments.map((one, place) => [one.key, opened.peek()[one.key] ?? opened.peek()[before[place]?.key ?? ""] ?? false]));
  });
  keep();
}

/** What is not saved yet survives a reload on this device. */
function keep() {
  try {
    if (isChanged.peek()) localStorage.setItem(KEPT, JSON.stringify({ version: saved.peek().version, programme: wire(draft.peek()) }));
    else localStorage.removeItem(KEPT);
  } catch {
    // It holds as long as the page is open.
  }
}

/** Brings back what was typed before a reload; true if there was something. */
export function bringBack() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
    if (!kept) return false;
    saved.value = { ...saved.peek(), version: kept.version };
    draft.value = draftOf(kept.programme);
    return isChanged.peek();
  } catch {
    return false;
  }
}
