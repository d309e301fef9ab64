/** What the closing's cards ask of the documents. */
import { page } from "../screens/page.js";

/**
 * @typedef {{ id: string, name: string, met_at: string, state: "none" | "offered" | "swapped" | "blocked", mine: string | null,
 *   theirs: string | null, lapsed: boolean }} Contact
 * @typedef {{ label: string, url: string }} Link
 */

/** @param {Contact} contact */
export const contactAddress = (contact) => `/api/v1/events/${page.code}/contacts/${contact.id}/`;

/** Whom this attendee has met, the latest first. @param {any} documents @returns {Contact[]} */
export const contactsOf = (documents) =>
  Object.keys(documents.me.value)
    .filter((key) => key.startsWith("contacts/"))
    .map((key) => documents.me.value[key])
    .sort((a, b) => (a.met_at === b.met_at ? (a.name < b.name ? -1 : 1) : a.met_at < b.met_at ? 1 : -1));

/** @param {{ options: { links?: Link[] } }} segment @returns {Link[]} */
export const linksOf = (segment) => segment.options?.links ?? [];
