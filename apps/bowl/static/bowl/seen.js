/** What this phone was shown while it happened: whatever a file says later, that counts. */

/** @typedef {{ commitment?: string, lists: Record<string, string>, draws: Record<string, string>, slips: string[] }} Seen by numbers of draws; the first that was seen stays */

/** @param {{ id: string }} segment @returns {Seen} */
export function seenOf(segment) {
  try {
    return JSON.parse(localStorage.getItem(`bowl/${segment.id}`) ?? "null") ?? { lists: {}, draws: {}, slips: [] };
  } catch {
    return { lists: {}, draws: {}, slips: [] };
  }
}

/** @param {import("./state.js").Bowl | undefined} bowl @param {import("./state.js").Slip | undefined} slip @param {{ id: string }} segment */
export function remember(bowl, slip, segment) {
  if (!bowl) return;
  const { commitment = bowl.commitment, lists, draws, slips } = seenOf(segment);
  const { frozen } = bowl;
  const seen = {
    commitment,
    lists: frozen ? { [frozen.number]: frozen.list, ...lists } : lists,
    draws: { ...Object.fromEntries(bowl.draws.map((draw) => [draw.number, draw.hash])), ...draws },
    slips: [...new Set(slip ? [...slips, slip.digest] : slips)],
  };
  try {
    localStorage.setItem(`bowl/${segment.id}`, JSON.stringify(seen));
  } catch {
    // Then this phone remembers nothing, and takes the screen's word.
  }
}
