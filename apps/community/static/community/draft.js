/**
 * A programme while it is being written: plain data in, plain data out. What is new has a `key` of this page; what the
 * server knows has its `id`. Fields that are left empty are dropped before it is sent.
 */

/**
 * @typedef {{ id?: string, key: string, text: string }} Prompt
 * @typedef {{ id?: string, key: string, kind: string, title: string, minutes: number | string, starts_at_local?: string,
 *   prompts: Prompt[], [option: string]: any }} Segment
 * @typedef {{ title: string, segments: Segment[], about: Record<string, any>, [word: string]: any }} Draft
 */

let last = 0;
export const newName = () => `new-${(last += 1)}`;

/** @param {any} programme as the server tells it @returns {Draft} */
export function draftOf(programme) {
  const prompts = (/** @type {any[]} */ all = []) => all.map((one) => ({ ...one, key: one.id ?? newName() }));
  const segments = programme.segments.map((/** @type {any} */ one) => ({ ...one, key: one.id ?? newName(), prompts: prompts(one.prompts) }));
  return { about: {}, ...programme, segments };
}

/** Without what was left empty: what is sent, and what stays on the page, so that the server's places are ours. @param {Draft} draft @returns {Draft} */
export function tidied(draft) {
  const { segments, about, ...words } = draft;
  return /** @type {Draft} */ ({
    ...filled(words),
    about: filled(about),
    segments: segments.map(({ prompts, ...segment }) => ({
      ...filled(segment, ["title", "minutes", "kind"]),
      prompts: prompts.filter((prompt) => prompt.text.trim()),
    })),
  });
}

/** What goes to the server. @param {Draft} draft */
export function wire(draft) {
  const without = (/** @type {any} */ { key: _key, ...rest }) => rest;
  const { segments, about, ...words } = draft;
  return {
    ...words,
    ...(Object.keys(about).length > 0 && { about }),
    segments: segments.map(({ prompts, ...segment }) => ({ ...without(segment), ...(prompts.length > 0 && { prompts: prompts.map(without) }) })),
  };
}

/** @param {Record<string, any>} words @param {string[]} needed these stay, so that the server can say that they are missing @returns {Record<string, any>} */
function filled(words, needed = ["title"]) {
  /** @type {[string, unknown][]} */
  const trimmed = Object.entries(words).map(([name, value]) => [name, lined(value)]);
  return Object.fromEntries(trimmed.filter(([name, value]) => needed.includes(name) || !isEmpty(value)));
}

/** @param {unknown} value */
const lined = (value) => (Array.isArray(value) ? value.filter((one) => !isEmpty(one)) : value);

/** @param {any} value */
function isEmpty(value) {
  if (value === null || value === undefined) return true;
  if (typeof value === "string") return value.trim() === "";
  if (typeof value === "object") return Object.values(value).every((one) => one === "" || one === undefined || one === null);
  return false;
}

/** @template T @param {T[]} all @param {number} from @param {number} to @returns {T[]} */
export function moved(all, from, to) {
  if (to < 0 || to >= all.length || from === to) return all;
  const rest = all.filter((_one, place) => place !== from);
  return [...rest.slice(0, to), all[from], ...rest.slice(to)];
}

/** @param {string | undefined} local `18:30` @returns {number | null} minutes after midnight */
export function minutesOf(local) {
  const found = /^(\d\d):(\d\d)$/.exec(local ?? "");
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
}

/** @param {number} minutes */
function localOf(minutes) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}

/**
 * When each segment begins if all before it take their minutes, and how that fits what is planned. Without a start of the event, the first
 * planned time counts; without any, everything is `null`.
 * @param {Draft} draft
 */
export function addedUp(draft) {
  const first = minutesOf(draft.starts_at_local) ?? minutesOf(draft.segments[0]?.starts_at_local);
  let at = first;
  const rows = draft.segments.map((segment) => {
    const begins = at;
    at = at === null ? null : at + (Number(segment.minutes) || 0);
    const planned = minutesOf(segment.starts_at_local);
    return { begins: begins === null ? "" : localOf(begins), fits: planned === null || begins === null || planned === begins % 1440 };
  });
  const total = draft.segments.reduce((sum, segment) => sum + (Number(segment.minutes) || 0), 0);
  const ends = minutesOf(draft.ends_at_local);
  return { rows, total, ends: at === null ? "" : localOf(at), fits: ends === null || at === null || ends === at % 1440 };
}

/** Planned times as they add up; of the event's end as well. @param {Draft} draft @returns {Draft} */
export function withTimes(draft) {
  const { rows, ends } = addedUp(draft);
  if (!ends) return draft;
  const segments = draft.segments.map((segment, place) => ({ ...segment, starts_at_local: rows[place].begins }));
  return { ...draft, starts_at_local: rows[0].begins, ends_at_local: ends, segments };
}

/**
 * Mine on top of theirs: what they have removed is new again, and everything else keeps its id.
 * @param {Draft} mine @param {Draft} theirs @returns {Draft}
 */
export function onTopOf(mine, theirs) {
  const known = new Map(theirs.segments.map((segment) => [segment.id, new Set(segment.prompts.map((prompt) => prompt.id))]));
  const forget = (/** @type {any} */ { id: _id, ...rest }) => rest;
  const segments = mine.segments.map((segment) => {
    const prompts = known.get(segment.id);
    return {
      ...(prompts ? segment : forget(segment)),
      prompts: segment.prompts.map((prompt) => (prompt.id && prompts?.has(prompt.id) ? prompt : forget(prompt))),
    };
  });
  return { ...mine, segments };
}
