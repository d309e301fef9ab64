/** Whether a proof is of another bowl than the one this phone was shown: what was on the screen counts, whatever the file says. */

/**
 * @param {import("./verify.js").Proof} proof
 * @param {{ commitment: string, draws: { hash: string }[] }} bowl as it is shown now; the file may be newer by a draw
 * @param {import("./seen.js").Seen} seen since this phone came
 */
export function differs(proof, bowl, seen) {
  const at = (/** @type {string | number} */ number) => proof.draws[Number(number) - 1];
  return (
    proof.commitment !== bowl.commitment ||
    proof.commitment !== (seen.commitment ?? proof.commitment) ||
    bowl.draws.some((draw, place) => at(place + 1)?.hash !== draw.hash) ||
    Object.entries(seen.draws).some(([number, hash]) => at(number)?.hash !== hash) ||
    // A list that was fixed and never drawn from is on no record.
    Object.entries(seen.lists).some(([number, list]) => at(number) && at(number).list !== list)
  );
}
