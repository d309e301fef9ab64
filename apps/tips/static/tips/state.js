/** What all screens ask of the wall's documents. */
import { page } from "../screens/page.js";

/**
 * @typedef {{ segment: string, revealed: boolean, moderated: boolean, signing: "optional" | "always" | "never", themes_on_stage: boolean, count: number }} Wall
 * @typedef {{ id: string, name: string, colour: string, position: number, needs_name?: boolean }} Theme `needs_name` is told to the crew
 * @typedef {{ id: string, segment: string, text: string, by: string | null, theme: string | null, pinned: boolean, approved_at: string }} Tip
 * @typedef {{ id: string, segment: string, text: string, original: string | null, signed: boolean, state: "pending" | "approved" | "declined" | "taken_down",
 *   reason: string | null, message: string, written_at: string }} OwnTip
 * @typedef {{ id: string, segment: string, text: string, original: string | null, signed: boolean, author: { id: string, name: string } | null,
 *   flags: { kind: string, words: string[] }[], state: string, reason: string | null, words: string, theme: string | null, pinned: boolean,
 *   written_at: string, approved_at: string | null, claim: { by: string, name: string, until: string } | null,
 *   decision: { verb: string, by: string | null, name: string, at: string, undo_until: string | null, undone_at: string | null } | null }} Card
 * @typedef {{ id: string, name: string, quote: string, tips: string[], why: string[], theme: string | null }} Group
 * @typedef {{ groups: Group[], guesses: Record<string, { theme: string, score: number, why: string[] }[]>, duplicates: { tips: [string, string], score: number }[] }} Suggestions
 * @typedef {{ id: string }} Segment
 */

export const MOST = 280;

/** @param {any} documents @param {Segment} segment @returns {Wall | undefined} */
export const wallOf = (documents, segment) => documents.public.value[`wall/${segment.id}`];

/** @param {any} documents @param {Segment} segment @param {"public" | "crew"} [stream] @returns {Theme[]} */
export const themesOf = (documents, segment, stream = "public") => documents[stream].value[`themes/${segment.id}`] ?? [];

/** @param {any} documents @param {Segment} segment @returns {Record<string, number>} */
export const votesOf = (documents, segment) => documents.public.value[`votes/${segment.id}`] ?? {};

/** @param {any} documents @param {Segment} segment @returns {Suggestions} */
export const suggestionsOf = (documents, segment) => documents.crew.value[`suggestions/${segment.id}`] ?? { groups: [], guesses: {}, duplicates: [] };

/** Tips on the wall, in the order in which they came. @param {any} documents @param {Segment} segment @returns {Tip[]} */
export const shownTips = (documents, segment) => sorted(below(documents.public.value, "tips/", segment), "approved_at");

/** One's own, in any state. @param {any} documents @param {Segment} segment @returns {OwnTip[]} */
export const ownTips = (documents, segment) => sorted(below(documents.me.value, "tips/", segment), "written_at");

/** Those that wait, oldest first; near-duplicates right behind what they resemble, listed words after all others.
 * @param {any} documents @param {Segment} segment @returns {(Card & { similar: string[] })[]} */
export function queueOf(documents, segment) {
  const cards = sorted(below(documents.crew.value, "queue/", segment), "written_at");
  const place = new Map(cards.map((card, index) => [card.id, index]));
  const alike = alikeIn(suggestionsOf(documents, segment));
  const rank = (/** @type {Card} */ card) => Math.min(...[card.id, ...(alike.get(card.id) ?? [])].map((id) => place.get(id) ?? Infinity));
  const isListed = (/** @type {Card} */ card) => Number(card.flags.some(({ kind }) => kind !== "link" && kind !== "contact"));
  return cards
    .map((card) => ({ ...card, similar: alike.get(card.id) ?? [] }))
    .sort((a, b) => isListed(a) - isListed(b) || rank(a) - rank(b) || (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
}

/** Decided ones. @param {any} documents @param {Segment} segment @returns {Card[]} */
export const boardOf = (documents, segment) => sorted(below(documents.crew.value, "board/", segment), "approved_at");

/** @param {Suggestions} suggestions @returns {Map<string, string[]>} */
function alikeIn({ duplicates }) {
  const found = new Map();
  for (const { tips: [one, two] } of duplicates) {
    found.set(one, [...(found.get(one) ?? []), two]);
    found.set(two, [...(found.get(two) ?? []), one]);
  }
  return found;
}

/** @param {Record<string, any>} documents @param {string} prefix @param {Segment} segment @returns {any[]} */
const below = (documents, prefix, segment) =>
  Object.keys(documents)
    .filter((key) => key.startsWith(prefix) && documents[key].segment === segment.id)
    .map((key) => documents[key]);

/** @param {any[]} items @param {string} by */
const sorted = (items, by) => items.sort((a, b) => ((a[by] ?? "") < (b[by] ?? "") ? -1 : (a[by] ?? "") > (b[by] ?? "") ? 1 : a.id < b.id ? -1 : 1));

/** @param {Segment} segment */
export const address = (segment) => `/api/v1/events/${page.code}/walls/${segment.id}/`;

/** A note's own slight turn, the same on every screen, in degrees. @param {string} id */
export const turnOf = (id) => ([...id].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 997, 7) % 41) / 10 - 2;

/** Characters as people count them. @param {string} text */
export function graphemes(text) {
  return Intl.Segmenter ? [...new Intl.Segmenter().segment(text)].length : [...text].length;
}

/** How much room a text takes; wide scripts count double. @param {string} text */
export const weight = (text) => [...text].reduce((sum, sign) => sum + (sign === "\n" ? 14 : sign > "\u2e80" ? 1.9 : 1), 0);
