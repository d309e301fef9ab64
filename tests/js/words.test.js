import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { page } from "../../apps/screens/static/screens/page.js";
import { _, _n, dayInWords, figure, listed, pluralForm } from "../../apps/screens/static/screens/words.js";

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

test("what is written the other way round is set apart", () => {
  assert.equal(_("{who} is here", { who: "ليلى" }), "\u2068ليلى\u2069 is here");
  assert.equal(_("{who} is here", { who: "Ada" }), "Ada is here");
  Object.assign(page, { language: "ar", words: { "{who} is here": "{who} هنا" } });
  assert.equal(_("{who} is here", { who: "Ada" }), "\u2068Ada\u2069 هنا");
  assert.equal(_("{who} is here", { who: "ليلى" }), "ليلى هنا");
});

test("numbers, days and lists are the language's own, in one kind of digits", () => {
  const said = ["en", "de", "ar", "zh-hans"].map((language) => {
    page.language = language;
    return [figure(1234), dayInWords("2026-12-24"), listed(["Ada", "Ben", "Mo"])];
  });
  assert.deepEqual(said, [
    ["1,234", "24 December 2026", "Ada, Ben and Mo"],
    ["1.234", "24. Dezember 2026", "Ada, Ben und Mo"],
    ["1,234", "24 ديسمبر 2026", "Ada وBen وMo"],
    ["1,234", "2026年12月24日", "Ada、Ben和Mo"],
  ]);
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
