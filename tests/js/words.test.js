import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { page } from "../../apps/screens/static/screens/page.js";
import { _, _n, pluralForm } from "../../apps/screens/static/screens/words.js";

afterEach(() => Object.assign(page, { words: {}, plural: "", language: "en" }));

test("a text without a translation is itself", () => {
  assert.equal(_("Saved on your phone."), "Saved on your phone.");
  assert.equal(_n("{count} tip", "{count} tips", 1), "1 tip");
  assert.equal(_n("{count} tip", "{count} tips", 1234), "1,234 tips");
});

test("names are put in, others are left alone", () => {
  assert.equal(_("{who} moved on to {what}", { who: "Hana", what: "{who}" }), "Hana moved on to {who}");
  assert.equal(_("{nobody} here", { who: "Hana" }), "{nobody} here");
  assert.equal(_("{constructor}", {}), "{constructor}");
});

test("a translation may turn the names around", () => {
  page.words = { "{who} moved on to {what}": "Weiter zu {what}: {who}" };
  assert.equal(_("{who} moved on to {what}", { who: "Hana", what: "Open-Mic" }), "Weiter zu Open-Mic: Hana");
});

test("plural forms follow the catalogue's table: Polish has three", () => {
  const rule = (n) => (n === 1 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 10 || n % 100 >= 20) ? 1 : 2);
  page.plural = Array.from({ length: 200 }, (_none, n) => rule(n)).join("");
  page.words = { "{count} tip": ["{count} wskazówka", "{count} wskazówki", "{count} wskazówek"] };
  page.language = "pl";
  const said = [1, 3, 5, 12, 22, 112, 1022, 1005].map((count) => _n("{count} tip", "{count} tips", count).split(" ").at(-1));
  assert.deepEqual(said, ["wskazówka", "wskazówki", "wskazówek", "wskazówek", "wskazówki", "wskazówek", "wskazówki", "wskazówek"]);
});

test("without a table one is one and all else is many", () => {
  assert.deepEqual([0, 1, 2, 201].map((count) => pluralForm(count, "")), [1, 0, 1, 1]);
});
