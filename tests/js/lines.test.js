import assert from "node:assert/strict";
import { test } from "node:test";
import { lineLength, spokenAddress, tapped } from "../../apps/farewell/static/farewell/lines.js";

test("a tap leads to a page or into a mail, and nowhere else", () => {
  const pages = ["https://ada.example/me?a=1#b", "http://ada.example", "HTTPS://ADA.EXAMPLE"];
  for (const line of pages) assert.equal(tapped(line), line);
  assert.equal(tapped("ada@example.org"), "mailto:ada@example.org");
  const nowhere = [
    "@ada", "ada at example.org", "ada@example", "javascript:alert(1)//@a.b", " javascript:alert(1)", "data:text/html,x@a.b", "https://",
    "https:// ada.example", 'https://ada.example/"onclick="x', "https://ada.example/<b>", "ada@example.org?cc=ben@example.org",
    "ada@a.b&bcc=c@d.e", "ada%0d@a.b", "ada@example.org ben@example.org", "",
  ];
  for (const line of nowhere) assert.equal(tapped(line), null, line);
});

test("an address is read aloud without what nobody says", () => {
  assert.equal(spokenAddress("https://mlcollective.org/"), "mlcollective.org");
  assert.equal(spokenAddress("https://www.example.org/a/b/"), "example.org/a/b");
});

test("characters are counted as people count them", () => {
  assert.equal(lineLength("👩‍👩‍👧e\u0301"), 2);
});
