/** What the screens ask of the documents of pictures. */
import { page } from "../screens/page.js";

/**
 * @typedef {{ id: string, by: string | null, width: number, height: number, caption: string, approved_at: string }} ShownPicture
 * @typedef {{ id: string, state: "pending" | "approved" | "declined" | "taken_down", reason: string | null, message: string,
 *   caption: string, width: number, height: number, sent_at: string }} OwnPicture
 * @typedef {{ id: string, by: string, signed: boolean, caption: string, width: number, height: number, state: string, reason: string | null,
 *   words: string, sent_at: string, approved_at: string | null,
 *   decision: { verb: string, by: string | null, name: string, at: string, undo_until: string | null } | null }} PictureCard
 */

export const PICTURE_BYTES = 10 * 1024 * 1024;

export const picturesAddress = () => `/api/v1/events/${page.code}/pictures/`;
/** A stage has no cookie that says who it is; its page's own token goes along. @param {string} id @param {"small" | "large"} size */
export const pictureAddress = (id, size) => `${picturesAddress()}${id}/${size}/${page.token ? `?stage=${encodeURIComponent(page.token)}` : ""}`;

/** Approved ones in the order in which they were. @param {any} documents @returns {ShownPicture[]} */
export const shownPictures = (documents) => inOrder(documents.public.value, "pictures/", "approved_at");
/** One's own, newest first. @param {any} documents @returns {OwnPicture[]} */
export const ownPictures = (documents) => inOrder(documents.me.value, "own_pictures/", "sent_at").reverse();
/** Those that wait, oldest first. @param {any} documents @returns {PictureCard[]} */
export const waitingCards = (documents) => inOrder(documents.crew.value, "picture_queue/", "sent_at");
/** Those that everybody sees, newest first. @param {any} documents @returns {PictureCard[]} */
export const shownCards = (documents) => inOrder(documents.crew.value, "picture_board/", "approved_at").filter(({ state }) => state === "approved").reverse();
/** Those that were decided against, newest first. @param {any} documents @returns {PictureCard[]} */
export const unshownCards = (documents) => inOrder(documents.crew.value, "picture_board/", "sent_at").filter(({ state }) => state !== "approved").reverse();

/** @param {Record<string, any>} documents @param {string} prefix @param {string} by @returns {any[]} */
const inOrder = (documents, prefix, by) =>
  Object.keys(documents)
    .filter((key) => key.startsWith(prefix))
    .map((key) => documents[key])
    .sort((a, b) => (a[by] === b[by] ? (a.id < b.id ? -1 : 1) : a[by] < b[by] ? -1 : 1));
