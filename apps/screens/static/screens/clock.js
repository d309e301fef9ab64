/** The server's clock on this screen: an offset measured by round trips, the quickest of them trusted most. */

import { page } from "./page.js";

/** @typedef {{ offset: number, roundTrip: number }} Sample all in milliseconds */

const KEPT = 8;
const LOADING = 10_000;
// Device and monotonic clock drifting apart by this much: somebody set the clock, or the device slept.
const JUMP = 1000;

export function createClock({ wall = () => Date.now(), steady = () => performance.now() } = {}) {
  /** @type {Sample[]} */
  let samples = [];
  let offset = 0;
  let anchor = wall() - steady();

  /** The server's present instant, milliseconds since 1970. */
  const serverNow = () => wall() + offset;

  /**
   * One answer of the server: `sent` and `received` by this device's clock, `at` the server's instant in between. The error is
   * at most half the round trip (Cristian's algorithm), so the quickest of the last few counts.
   * @param {{ sent: number, received: number, at: string }} answer
   */
  const note = ({ sent, received, at }) => {
    const instant = Date.parse(at);
    if (Number.isNaN(instant) || received < sent) return;
    forgetAfterJump();
    samples = [...samples, { offset: instant - (sent + received) / 2, roundTrip: received - sent }].slice(-KEPT);
    offset = samples.reduce((best, one) => (one.roundTrip <= best.roundTrip ? one : best)).offset;
  };

  /** A time stamp that came without asking: better than nothing until a round trip is measured. */
  const guess = (/** @type {string} */ at) => {
    const instant = Date.parse(at);
    if (samples.length === 0 && !Number.isNaN(instant)) offset = instant - wall();
  };

  const forgetAfterJump = () => {
    const present = wall() - steady();
    if (Math.abs(present - anchor) > JUMP) samples = [];
    anchor = present;
  };

  return { serverNow, note, guess, wall };
}

export const clock = createClock();
// A device clock that is off by more than a page takes to load: the page's own time stamp is nearer to the truth.
if (Math.abs(Date.parse(page.at) - Date.now()) > LOADING) clock.guess(page.at);

export const serverNow = clock.serverNow;
