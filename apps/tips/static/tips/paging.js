/** Which note stands on which page: in the order they came, rows from left to right, long ones two places wide. */
import { weight } from "./state.js";

// More than this is easier to read on a note of the long format.
const WIDE_FROM = 130;

/**
 * @template {{ id: string, text: string }} Place
 * @param {Place[]} places @param {number} columns @param {number} rows @param {Place[]} [pinned] take the first places of every page
 * @returns {(Place & { wide: boolean })[][]}
 */
export function paged(places, columns, rows, pinned = []) {
  /** @type {(Place & { wide: boolean })[][]} */
  const pages = [[]];
  let [row, column] = start(pinned.length, columns);
  for (const place of places) {
    const wide = weight(place.text) > WIDE_FROM;
    const width = wide ? 2 : 1;
    if (column + width > columns) [row, column] = [row + 1, 0];
    if (row >= rows) {
      pages.push([]);
      [row, column] = start(pinned.length, columns);
      if (column + width > columns) [row, column] = [row + 1, 0];
    }
    pages[pages.length - 1].push({ ...place, wide });
    column += width;
  }
  return pages;
}

/** @param {number} taken @param {number} columns @returns {[number, number]} */
const start = (taken, columns) => [Math.floor(taken / columns), taken % columns];
