/** Small things on a card of the crew. */
import { serverNow } from "../screens/clock.js";
import { html, useEffect, useState } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";

/** @type {Record<string, () => string>} */
const KINDS = {
  insult: () => _("insult"),
  rude: () => _("rude word"),
  threat: () => _("threat"),
  hatred: () => _("hatred"),
  link: () => _("link"),
  contact: () => _("contact"),
};

/** @param {{ flags: { kind: string, words: string[] }[] }} props */
export function Flags({ flags }) {
  return flags.map(({ kind, words }) => html`<span key=${kind} class=${`badge ${kind === "link" || kind === "contact" ? "" : "danger"}`}><span>${KINDS[kind]?.() ?? kind}</span> <span dir="auto">${words.join(", ")}</span></span>`);
}

/** "3 min", drawn anew now and then. @param {{ since: string, oldest?: boolean }} props */
export function Age({ since, oldest = false }) {
  const [, draw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => draw((count) => count + 1), 15_000);
    return () => clearInterval(timer);
  }, []);
  const minutes = Math.max(0, Math.floor((serverNow() - Date.parse(since)) / 60_000));
  const words = minutes === 0 ? _("just now") : _n("{count} minute", "{count} minutes", minutes);
  return html`<span class="age figures">${oldest ? _("the oldest: {age}", { age: words }) : words}</span>`;
}
