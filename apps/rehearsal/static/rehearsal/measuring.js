/** The clocks' arithmetic of PROTOCOL.md, section 4: the shortest round trip says most. */

/**
 * @param {{ sent: number, took: number, at: number }[]} asked at least one; all in milliseconds
 * @returns {{ tripMs: number, offsetMs: number }} `offsetMs` is the server's clock less this device's
 */
export function measured(asked) {
  const best = asked.reduce((one, other) => (other.took < one.took ? other : one));
  return { tripMs: best.took, offsetMs: best.at - (best.sent + best.took / 2) };
}
