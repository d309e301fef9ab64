/** The clock of one story on a screen, by the rules of the server's `turns.py`: instants in milliseconds in, never a clock. */

/** @typedef {import("./state.js").Turn} Turn */

/** Milliseconds left at an instant; negative in overtime. @param {Turn} turn @param {number} at */
export function left(turn, at) {
  const until = turn.ended_at ?? turn.paused_at;
  return Date.parse(turn.ends_at) - (until ? Date.parse(until) : at);
}

/** How many more full stories fit before the segment ends, and how many the current one's overtime has cost.
 * @param {number} endsAt of the segment @param {Turn | undefined} current @param {number} length of a full story
 * @param {number} at */
export function room(endsAt, current, length, at) {
  const rest = current && !current.ended_at ? left(current, at) : 0;
  const free = endsAt - at - Math.max(rest, 0);
  const turns = whole(free, length);
  return { turns, lost: whole(free + Math.max(-rest, 0), length) - turns };
}

/** @param {number} free @param {number} length */
function whole(free, length) {
  return Math.max(Math.floor(free / length), 0);
}
