import assert from "node:assert/strict";
import { test } from "node:test";
import { attendeesOf, search } from "../../apps/screens/static/screens/console/people.js";

const person = (id, name, spot = "") => ({ id, name, spot, remote: false, left_at: null });
const crew = { timeline: {}, "attendees/1": person("1", "Zoé María"), "attendees/2": person("2", "Ada", "green scarf"), "attendees/3": person("3", "Ada 2") };
const names = (found) => found.map(({ name }) => name);

test("attendees among the crew's documents, by name", () => {
  assert.deepEqual(names(attendeesOf(crew)), ["Ada", "Ada 2", "Zoé María"]);
});

test("found by all words, in name or spot, whatever case and accents", () => {
  const all = attendeesOf(crew);
  assert.deepEqual(names(search(all, "MARIA zoe")), ["Zoé María"]);
  assert.deepEqual(names(search(all, " SCARF  ada ")), ["Ada"]);
  assert.deepEqual(names(search(all, "")), ["Ada", "Ada 2", "Zoé María"]);
  assert.deepEqual(names(search(all, "nobody")), []);
});
