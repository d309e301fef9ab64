/** How much faster than the programme a rehearsal may be, and how long it takes then. */

const SPEEDS = [10, 30, 100];
const USUAL = 30;

/** In whole minutes; none is shorter than one. @param {number} minutes of the programme @param {number} speed */
export const lasts = (minutes, speed) => Math.max(1, Math.round(minutes / speed));

/** Those to choose from: of several that would be called the same, the fastest. @param {number} minutes of the programme */
export const offered = (minutes) => SPEEDS.filter((one, index) => index === SPEEDS.length - 1 || lasts(minutes, one) !== lasts(minutes, SPEEDS[index + 1]));

/** The one that is chosen already. @param {number[]} speeds */
export const usual = (speeds) => (speeds.includes(USUAL) ? USUAL : speeds[speeds.length - 1]);
