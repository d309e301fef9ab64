/** What the parts of the crew's page share: who one is, one request, and what is said when it fails. */
import { call, newKey } from "../screens/api.js";
import { say, sentenceOf } from "../screens/console/saying.js";
import { documents } from "../screens/console/state.js";
import { page } from "../screens/page.js";
import { computed } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";

export { here, members } from "../screens/console/crew.js";

/** @typedef {import("../screens/console/crew.js").Member} Member */
/** @typedef {Member["role"]} Role */

export const me = computed(() => /** @type {Member | undefined} */ (documents.me.value.member));

export const roleWord = (/** @type {Role} */ role) => (role === "host" ? _("Host") : _("Moderator"));

/** The answer, or undefined after the reason was said. @param {string} path below the crew's routes @param {{ method?: string, body?: unknown }} [what] @returns {Promise<any>} */
export async function ask(path, { method = "GET", body } = {}) {
  try {
    const key = method === "POST" || method === "PATCH" ? newKey() : undefined;
    return await call({ url: `/api/v1/events/${page.code}/crew/${path}`, method, body, key });
  } catch (error) {
    say(sentenceOf(error));
    return undefined;
  }
}
