/** Many tips in one request: approved, and taken back as they were approved. */

// What the server decides in one request.
export const MOST_AT_ONCE = 500;

/** @typedef {(path: string, method: string, body: unknown) => Promise<any>} Send answers undefined for what was refused */

/**
 * The first of them, as many as the server takes, and none that its author changes before the request is there.
 * @param {Send} send @param {{ id: string, written_at: string }[]} cards @returns {Promise<{ approved: string[] } | undefined>}
 */
export function approveAll(send, cards) {
  const some = cards.slice(0, MOST_AT_ONCE);
  return send("approvals/", "POST", { tips: some.map(({ id }) => id), seen: Object.fromEntries(some.map(({ id, written_at }) => [id, written_at])) });
}

/**
 * Takes the decisions on these tips back, in as few requests as the server takes.
 * @param {Send} send @param {string[]} tips @returns {Promise<number>} how many could not be; of a refused request it was said already
 */
export async function undoAll(send, tips) {
  const portions = Array.from({ length: Math.ceil(tips.length / MOST_AT_ONCE) }, (_none, place) => tips.slice(place * MOST_AT_ONCE, (place + 1) * MOST_AT_ONCE));
  const answers = await Promise.all(portions.map((some) => send("undoings/", "POST", { tips: some })));
  return answers.reduce((sum, answer) => sum + Object.keys(answer?.left ?? {}).length, 0);
}
