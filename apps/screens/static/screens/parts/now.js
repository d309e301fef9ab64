/** What is now, and the plain card that shows any segment: countdown, prompt, instructions. */
import { html, useEffect, useLayoutEffect, useRef, useState } from "../vendor/preact.js";
import { serverNow } from "../clock.js";
import { page } from "../page.js";
import { _ } from "../words.js";
import { stylesheet } from "./stylesheet.js";

/**
 * @typedef {{ id: string, text: string }} PromptText
 * @typedef {{ id: string, kind: string, title: string, minutes: number, starts_at_local: string | null,
 *   instructions: string, headline: string, goal: string, prompts: PromptText[],
 *   options: { hue?: string, links?: { label: string, url: string }[], [name: string]: any } }} Segment
 * @typedef {{ state: "before" | "live" | "ended", step: number, segment: string | null, prompt: string | null,
 *   entered_at: string | null, ends_at: string | null, paused_at: string | null, blanked: boolean,
 *   joining: "open" | "closed" }} Now
 */

/** @type {Record<string, string>} */
const HUE_OF_KIND = { icebreaker: "coral", open_mic: "leaf", group_exercise: "sun", closing: "sky", break: "sand" };

/** The segment that is lit, or null before the start. @returns {Segment | null} */
export function currentSegment(/** @type {{ segments: Segment[] }} */ programme, /** @type {Now} */ now) {
  return programme.segments.find((segment) => segment.id === now.segment) ?? null;
}

/** The segment that stays open after the end, if there is one. @returns {Segment | undefined} */
export function closingOf(/** @type {{ segments: Segment[] }} */ programme) {
  return programme.segments.filter(({ kind }) => kind === "closing").at(-1);
}

/** Name of the hue a segment wears; "lamp" when there is none. */
export function hueOf(/** @type {Segment | null} */ segment) {
  if (!segment) return "lamp";
  return segment.options?.hue ?? HUE_OF_KIND[segment.kind] ?? "sea";
}

/** Dresses the whole page in the hue of a segment, the browser's own bar included; null is lamp light. */
export function wearHue(/** @type {Segment | null} */ segment) {
  const root = document.documentElement;
  root.dataset.hue = hueOf(segment);
  // Read once the slow wash is over.
  setTimeout(() => {
    const bar = document.querySelector("meta[name=theme-color]");
    bar?.setAttribute("content", getComputedStyle(root).getPropertyValue("--now").trim());
  }, 600);
}

/** Dresses the page in the room of the event, whose colours are fetched only where it is another one than the page began with. */
export function wearPalette(/** @type {{ palette?: string }} */ { palette = "evening" }) {
  const room = document.documentElement.dataset;
  if (palette !== room.palette) stylesheet(page.palettes).then(() => (room.palette = palette));
}

/** The shown prompt with its number from 1 and their count, or null. */
export function shownPrompt(/** @type {Segment} */ segment, /** @type {Now} */ now) {
  const index = segment.prompts.findIndex((prompt) => prompt.id === now.prompt);
  return index < 0 ? null : { ...segment.prompts[index], number: index + 1, of: segment.prompts.length };
}

/** "Icebreaker · Q1": how the founding slides name the present moment. */
export function titleNow(/** @type {Segment} */ segment, /** @type {Now} */ now) {
  const prompt = shownPrompt(segment, now);
  return prompt ? _("{title} · Q{number}", { title: segment.title, number: prompt.number }) : segment.title;
}

/** Milliseconds left (negative in overtime), or null without an end. */
function remaining(/** @type {{ ends_at: string | null, paused_at?: string | null }} */ span) {
  if (!span.ends_at) return null;
  return Date.parse(span.ends_at) - (span.paused_at ? Date.parse(span.paused_at) : serverNow());
}

/** 8:05, or +0:12 in overtime. */
export function figures(/** @type {number} */ milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  const whole = Math.abs(seconds);
  return `${seconds < 0 ? "+" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Draws again at each turn of the second until `span` has no running end. */
export function useRemaining(/** @type {{ ends_at: string | null, paused_at?: string | null }} */ span) {
  const [, draw] = useState(0);
  const left = remaining(span);
  useEffect(() => {
    if (left === null || span.paused_at) return undefined;
    const untilTurn = ((left % 1000) + 1000) % 1000 || 1000;
    const timer = setTimeout(() => draw((count) => count + 1), untilTurn + 15);
    return () => clearTimeout(timer);
  });
  return left;
}

const CIRCUMFERENCE = 2 * Math.PI * 46;

/**
 * A thin ring around the time left. Calm until the last 30 seconds. `stale` greys it: the figures then
 * come from a picture that may be old. `spoken` announces 1 minute, 30 seconds and the end, nothing else.
 * @param {{ span: { entered_at?: string | null, ends_at: string | null, paused_at?: string | null },
 *   stale?: boolean, spoken?: boolean }} props
 */
export function Countdown({ span, stale = false, spoken = false }) {
  const left = useRemaining(span);
  if (left === null || !span.ends_at) return null;
  const whole = span.entered_at ? Date.parse(span.ends_at) - Date.parse(span.entered_at) : left;
  const share = Math.max(0, Math.min(1, left / Math.max(1, whole)));
  const long = Math.abs(left) >= 600_000 && left < 0 ? "long" : "";
  const mood = left <= 0 ? "over" : left <= 30_000 ? "soon" : "";
  return html`
    <div class=${`ring ${mood} ${long} ${span.paused_at ? "paused" : ""} ${stale ? "stale" : ""}`}>
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle class="track" cx="50" cy="50" r="46" />
        <circle class="rest" cx="50" cy="50" r="46" stroke-dasharray=${`${share * CIRCUMFERENCE} ${CIRCUMFERENCE}`} />
      </svg>
      <span class="figures" role="timer" aria-live="off" aria-label=${_("Time left {time}", { time: figures(left) })}>
        ${figures(left)}
      </span>
      ${span.paused_at && html`<span class="under">${_("paused")}</span>`}
      ${spoken && html`<${SpokenCountdown} left=${stale || span.paused_at ? null : left} />`}
    </div>
  `;
}

function SpokenCountdown(/** @type {{ left: number | null }} */ { left }) {
  const before = useRef(left);
  const [sentence, say] = useState("");
  useEffect(() => {
    const was = before.current;
    before.current = left;
    if (was === null || left === null) return;
    const passed = (/** @type {number} */ mark) => was > mark && left <= mark;
    if (passed(0)) say(_("Time is up."));
    else if (passed(30_000)) say(_("30 seconds left."));
    else if (passed(60_000)) say(_("One minute left."));
  }, [left]);
  return html`<span class="hidden-text" aria-live="polite">${sentence}</span>`;
}

/** Step 1 (a few words) to 5 (a paragraph); wide scripts count double. */
function lengthStep(/** @type {string} */ text) {
  const weight = [...text].reduce((sum, sign) => sum + (sign > "\u2e80" ? 1.9 : 1), 0);
  return [40, 90, 150, 240].findIndex((most) => weight <= most) + 1 || 5;
}

/**
 * A question or headline set as large as its place allows: its length picks a step, a word too wide for the line
 * makes all of it smaller instead of being cut. With `fill` it takes the largest size that fits its box.
 * @param {{ text: string, fill?: boolean, lang?: string }} props
 */
export function Prompt({ text, fill = false, lang }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  // Before it is painted: nobody sees it cut, not for a moment.
  useLayoutEffect(() => (box.current ? keepFitted(box.current, fill ? fillBox : sparingWords) : undefined), [fill, text]);
  return html`<div ref=${box} class=${fill ? "prompt fill" : "prompt"} data-length=${lengthStep(text)}>
    <p class="display" dir="auto" lang=${lang}>${text}</p>
  </div>`;
}

/** Fits before it is painted, when the box changes and when the face has come. @param {HTMLElement} box @param {(box: HTMLElement, line: HTMLElement) => void} fit */
function keepFitted(box, fit) {
  const line = /** @type {HTMLElement} */ (box.firstElementChild);
  const refit = () => fit(box, line);
  const watch = new ResizeObserver(refit);
  watch.observe(box);
  document.fonts?.ready.then(refit);
  return () => watch.disconnect();
}

function fillBox(/** @type {HTMLElement} */ box, /** @type {HTMLElement} */ line) {
  let [low, high] = [12, Math.max(13, box.clientHeight)];
  while (high - low > 1) {
    const size = (low + high) / 2;
    line.style.fontSize = `${size}px`;
    const fits = line.scrollHeight <= box.clientHeight && line.scrollWidth <= box.clientWidth;
    if (fits) low = size;
    else high = size;
  }
  line.style.fontSize = `${Math.floor(low)}px`;
}

const LEAST_SIZE = 18;

function sparingWords(/** @type {HTMLElement} */ box, /** @type {HTMLElement} */ line) {
  line.style.overflowWrap = line.style.fontSize = "";
  let size = parseFloat(getComputedStyle(line).fontSize);
  while (line.scrollWidth > box.clientWidth && size > LEAST_SIZE) line.style.fontSize = `${--size}px`;
  if (line.scrollWidth > box.clientWidth) line.style.overflowWrap = "anywhere";
}

/** What to do, the prompt or headline, the goal: any segment on a phone until its kind brings its own. */
export function PlainPhone(/** @type {{ segment: Segment, now: Now, event: { language: string } }} */ { segment, now, event }) {
  const prompt = shownPrompt(segment, now);
  return html`
    <section class="stack plain-card">
      ${segment.instructions && html`<p class="lead" dir="auto">${segment.instructions}</p>`}
      ${prompt && html`<p class="eyebrow">${_("Question {number} of {of}", prompt)}</p>`}
      ${(prompt || segment.headline) && html`<${Prompt} text=${prompt?.text ?? segment.headline} lang=${event.language} />`}
      ${segment.goal && html`<p class="quiet" dir="auto">${segment.goal}</p>`}
      <${Links} segment=${segment} />
    </section>
  `;
}

/** Where to go on, as a list. */
export function Links(/** @type {{ segment: Segment }} */ { segment }) {
  const links = segment.options?.links ?? [];
  if (!links.length) return null;
  return html`<ul class="links">
    ${links.map((link) => html`<li key=${link.url}><a href=${link.url} target="_blank" rel="noopener noreferrer">${link.label}</a></li>`)}
  </ul>`;
}
