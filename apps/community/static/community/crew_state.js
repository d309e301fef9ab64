/** What the parts of the crew's page share: who is on the crew, one request, and what is said when it fails. */
import { Refused, call, newKey } from "../screens/api.js";
import { documents, say } from "../screens/console/state.js";
import { page } from "../screens/page.js";
import { computed } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";

/** @typedef {"host" | "moderator"} Role */
/** @typedef {{ id: string, name: string, role: Role }} Member */

/** Hosts first, each by name. @type {import("../screens/vendor/preact.js").Signal<Member[]>} */
export const members = computed(() =>
  Object.entries(documents.crew.value)
    .flatMap(([key, document]) => (key.startsWith("members/") ? [document] : []))
    .sort((a, b) => a.role.localeCompare(b.role) || a.name.localeCompare(b.name)),
);
export const me = computed(() => /** @type {Member | undefined} */ (documents.me.value.member));

export const roleWord = (/** @type {Role} */ role) => (role === "host" ? _("Host") : _("Moderator"));

/** The answer, or undefined after the reason was said. @param {string} path below the crew's routes @param {{ method?: string, body?: unknown }} [what] @returns {Promise<any>} */
export async function ask(path, { method = "GET", body } = {}) {
  try {
    const key = method === "POST" || method === "PATCH" ? newKey() : undefined;
    return await call({ url: `/api/v1/events/${page.code}/crew/${path}`, method, body, key });
  } catch (error) {
    say(error instanceof Refused ? error.message : _("No answer from the server. Nothing has changed yet."));
    return undefined;
  }
}
