/** What the server put into the page: who this screen is, its first snapshot, the words of its language. */

/**
 * @typedef {{ epoch: string, version: number, documents: Record<string, any> }} StreamState
 * @typedef {{ as: "phone" | "console" | "stage" | "", code: string, token?: string, at: string, language: string, csrf: string,
 *   snapshot: { streams: Record<string, StreamState> }, words: Record<string, string | string[]>, plural: string,
 *   kinds: Record<string, string>, [name: string]: any }} Page `at` is the server's instant, `kinds` the address of each kind's module
 */

/** @returns {Page} An empty page where there is no document (tests) or no page JSON (error pages). */
function read() {
  const text = globalThis.document?.getElementById("page")?.textContent ?? "{}";
  /** @type {Page} */
  const empty = {
    as: "", code: "", at: "", language: "en", csrf: "", snapshot: { streams: {} }, words: {}, plural: "", kinds: {},
  };
  return { ...empty, ...JSON.parse(text) };
}

export const page = read();
