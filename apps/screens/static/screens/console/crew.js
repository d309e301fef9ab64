/** Who runs the event, and who of them has a console open now. */
import { computed } from "../vendor/preact.js";
import { documents } from "./state.js";

/** @typedef {{ id: string, name: string, role: "host" | "moderator" }} Member */

/** Hosts first, each by name. @type {import("../vendor/preact.js").Signal<Member[]>} */
export const members = computed(() =>
  Object.entries(documents.crew.value)
    .flatMap(([key, document]) => (key.startsWith("members/") ? [document] : []))
    .sort((a, b) => a.role.localeCompare(b.role) || a.name.localeCompare(b.name)),
);

/** The ids of who is here. @type {import("../vendor/preact.js").Signal<Set<string>>} */
export const here = computed(() => new Set(documents.values.value.here ?? []));
