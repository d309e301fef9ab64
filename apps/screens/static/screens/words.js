/** Every text of the interface goes through here; the page brings the catalogue of its language. */
import { page } from "./page.js";

/** @typedef {Record<string, unknown>} Named */

/**
 * The text in the page's language, with `{name}` replaced by what is named so.
 * @param {string} text English, a literal, so that it can be collected
 * @param {Named} [named]
 */
export function _(text, named) {
  const found = page.words[text];
  return interpolate(typeof found === "string" && found ? found : text, named);
}

/**
 * One or many: `{count}` is the number in the page's language, other names as in `_`.
 * @param {string} one @param {string} many @param {number} count @param {Named} [named]
 */
export function _n(one, many, count, named) {
  const forms = page.words[one];
  const form = Array.isArray(forms) ? forms[pluralForm(count, page.plural)] : "";
  return interpolate(form || (count === 1 ? one : many), { count: figure(count), ...named });
}

/**
 * Which plural form a count takes: `table` has one digit for each of the counts 0 to 199, worked out by the server from the
 * catalogue's own rule (evaluating that rule here would need eval). Rules look at the last two digits of what is larger.
 * @param {number} count @param {string} table
 */
export function pluralForm(count, table) {
  const whole = Math.abs(Math.trunc(count));
  const digit = table[whole < 200 ? whole : 100 + (whole % 100)];
  return digit === undefined ? Number(whole !== 1) : Number(digit);
}

/** @param {string} text @param {Named} [named] */
function interpolate(text, named) {
  if (!named) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(named, name) ? apart(String(named[name])) : whole));
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufefc]/;

/** What is written the other way round than the page is set apart, or it would tear the sentence around it (UAX #9, isolates). @param {string} text */
function apart(text) {
  return RIGHT_TO_LEFT.test(text) !== (page.language === "ar") ? `\u2068${text}\u2069` : text;
}

/** The page's language with the digits of clocks and codes, in Arabic too: one screen, one kind of digits. */
const locale = () => `${page.language === "en" ? "en-GB" : page.language}-u-nu-latn`;

/** A number as the page's language writes it: 1,234 or 1.234. @param {number} number */
export function figure(number) {
  return number.toLocaleString(locale());
}

/** Names as the page's language strings them together: Ada, Ben and Mo. @param {string[]} names */
export function listed(names) {
  return new Intl.ListFormat(locale()).format(names);
}

/** A day as the page's language writes it in a sentence: 24 December 2026. @param {string} day `2026-12-24` */
export function dayInWords(day) {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}
