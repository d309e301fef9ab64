/** Finding people in a long list; no screen in here. */

/** @typedef {{ id: string, name: string, remote: boolean, spot: string, joined_at: string, left_at: string | null }} Attendee */

/** @param {Record<string, any>} crew @returns {Attendee[]} by name */
export function attendeesOf(crew) {
  const found = Object.entries(crew).flatMap(([key, document]) => (key.startsWith("attendees/") ? [document] : []));
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

/** Whose name or "how to spot me" has all the words, whatever their case and accents. @param {Attendee[]} attendees @param {string} words */
export function search(attendees, words) {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  return attendees.filter((attendee) => wanted.every((word) => plain(`${attendee.name} ${attendee.spot}`).includes(word)));
}

/** @param {string} text */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
