/** Which picture is on the stage: told by the server's clock, so that the console knows it without asking. */

/** @typedef {import("./state.js").ShownPicture} ShownPicture */

/** How long a picture stays, in milliseconds. */
export const TURN_SLIDE = 8_000;

/**
 * The picture of a turn: a new one has the turn after its approval, or the next that is free; in all others they go round. Nothing that
 * is approved during a turn changes it.
 * @param {ShownPicture[]} pictures in the order of approval @param {number} turn how many turns have passed since 1970
 * @returns {ShownPicture | undefined}
 */
export function slideAt(pictures, turn) {
  let last = -Infinity;
  const firsts = pictures.map((one) => (last = Math.max(last + 1, Math.floor(Date.parse(one.approved_at) / TURN_SLIDE) + 1)));
  const isFirst = firsts.indexOf(turn);
  if (isFirst >= 0) return pictures[isFirst];
  const seen = firsts.filter((first) => first < turn).length;
  // The very first one is not waited for.
  return seen ? pictures[turn % seen] : pictures[0];
}

/** @typedef {{ turn: number, shown: ShownPicture | undefined }} Slide */

/**
 * A picture stays for its turn, whatever becomes of others; only where it is itself gone, another comes at once.
 * @param {ShownPicture[]} pictures in the order of approval @param {Slide} last @param {number} at the server's milliseconds since 1970
 * @returns {Slide}
 */
export function slideAfter(pictures, last, at) {
  const present = Math.floor(at / TURN_SLIDE);
  // A clock that is corrected may step back over the edge of a turn.
  const turn = present === last.turn - 1 ? last.turn : present;
  const kept = turn === last.turn ? pictures.find(({ id }) => id === last.shown?.id) : undefined;
  return { turn, shown: kept ?? slideAt(pictures, turn) };
}
