/** A long list in pieces, so that one that comes moves few of the others. */

/**
 * The first `most` of a list in stretches of `step`, each with its place from the end. They end at the same items when
 * another one comes on top: all but two stay as they are.
 * @template T
 * @param {T[]} all @param {number} most @param {number} step @returns {[string, T[]][]}
 */
export function stretches(all, most, step) {
  /** @type {[string, T[]][]} */
  const found = [];
  const end = Math.min(most, all.length);
  for (let at = 0; at < end; ) {
    const next = at + ((all.length - at) % step || step);
    found.push([String(Math.ceil((all.length - at) / step)), all.slice(at, Math.min(next, end))]);
    at = next;
  }
  return found;
}
