/** The wall on the wall: notes land softly and stay where they are; a full wall turns its page by itself. */
import { Prompt } from "../screens/parts/now.js";
import { html, useEffect, useMemo, useRef, useState } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";
import { Note } from "./note.js";
import { paged } from "./paging.js";
import { shownTips, themesOf, votesOf, wallOf } from "./state.js";
import { StageThemes } from "./stage_themes.js";

const TURN_SECONDS = 12;
// What was approved longer ago than this does not land again.
const FRESH = 10_000;
const MOST_PINNED = 3;
// They come round in a minute and a half; a room that reads longer for one to come back has its phones.
const MOST_NOTES = 48;

/** @param {any} props */
export function GroupExerciseStage({ segment, event, documents }) {
  const wall = wallOf(documents, segment);
  const tips = wall?.revealed ? shownTips(documents, segment) : [];
  const themes = themesOf(documents, segment);
  if (wall?.themes_on_stage && themes.length > 0) return html`<${StageThemes} tips=${tips} themes=${themes} votes=${votesOf(documents, segment)} />`;
  if (tips.length === 0) {
    return html`<section class="tips-empty">
      <${Prompt} text=${segment.headline || segment.instructions} fill lang=${event.language} />
      <p class="display tips-count" role="status">${!wall || wall.count === 0 ? _("Write on your phone. Tips appear here.") : _n("{count} tip so far. The wall opens in a moment.", "{count} tips so far. The wall opens in a moment.", wall.count)}</p>
    </section>`;
  }
  return html`<${Notes} tips=${tips} themes=${themes} votes=${votesOf(documents, segment)} headline=${segment.headline} lang=${event.language} />`;
}

/** Of a wall that nobody could read to its end, the newest notes, page by page, behind one that shows what all of them come to. */
function Notes(/** @type {any} */ { tips, themes, votes, headline, lang }) {
  const [frame, columns] = useColumns();
  const known = useMemo(() => new Map(themes.map((/** @type {any} */ one) => [one.id, one])), [themes]);
  const pinned = tips.filter((/** @type {any} */ tip) => tip.pinned).slice(0, Math.min(MOST_PINNED, columns - 1));
  const [page, setPage] = useState(0);
  const more = Math.max(0, tips.length - MOST_NOTES);
  const places = usePlaces(tips.slice(-MOST_NOTES), page).filter((place) => !pinned.includes(place));
  const isSummed = more > 0 && tips.some((/** @type {any} */ tip) => known.has(tip.theme));
  const pages = [...(isSummed ? [[]] : []), ...paged(places, columns, 2, pinned)];
  const shown = Math.min(page, pages.length - 1);
  const newest = tips.reduce((/** @type {string} */ last, /** @type {any} */ tip) => (tip.approved_at > last ? tip.approved_at : last), "");
  // Whoever has just written wants to see it land.
  useEffect(() => setPage(Math.max(0, pages.length - 1)), [newest]);
  useEffect(() => {
    if (pages.length < 2) return undefined;
    const timer = setTimeout(() => setPage((shown + 1) % pages.length), TURN_SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [shown, pages.length, newest]);
  if (isSummed && shown === 0) return html`<${StageThemes} tips=${tips} themes=${themes} votes=${votes} />`;
  return html`
    <section class="tips-stage">
      ${headline && html`<p class="tips-question" dir="auto" lang=${lang}>${headline}</p>`}
      <div class="tips-wall" ref=${frame} style=${`--columns: ${columns}`}>
        ${[...pinned, ...(pages[shown] ?? [])].map((/** @type {any} */ place) => {
          if (!place.text) return html`<span key=${place.id} class=${`note-gap ${place.wide ? "wide" : ""}`}></span>`;
          const theme = known.get(place.theme);
          return html`<${Note} key=${place.id} tip=${place} fill wide=${place.wide} colour=${theme?.colour} theme=${theme?.name} isFresh=${Date.now() - Date.parse(place.approved_at) < FRESH} />`;
        })}
      </div>
      ${pages.length > 1 && html`<p class="tips-pages figures">${_("Page {page} of {count}", { page: shown + 1, count: pages.length })}${more > 0 && html` · ${_n("{count} more tip on your phones", "{count} more tips on your phones", more)}`}</p>`}
    </section>
  `;
}

/** Each tip keeps its place while its page is shown; a gap closes when the page turns. */
function usePlaces(/** @type {any[]} */ tips, /** @type {number} */ page) {
  const order = useRef(/** @type {{ id: string, page: number, wide?: boolean }[]} */ ([]));
  const there = new Map(tips.map((tip) => [tip.id, tip]));
  const kept = order.current.filter(({ id, page: since }) => there.has(id) || since === page);
  const placed = new Set(kept.map(({ id }) => id));
  order.current = [...kept, ...tips.filter((tip) => !placed.has(tip.id)).map(({ id }) => ({ id, page }))].map((place) => (there.has(place.id) ? { ...place, page } : place));
  return order.current.map(({ id }) => there.get(id) ?? { id, text: "" });
}

/** As many notes of 8 : 7 as stand beside each other when two rows fill the height. @returns {[any, number]} */
function useColumns() {
  const frame = useRef(/** @type {HTMLElement | null} */ (null));
  const [columns, setColumns] = useState(4);
  useEffect(() => {
    const look = () => {
      const box = frame.current;
      if (box?.clientHeight) setColumns(Math.max(2, Math.min(5, Math.round((box.clientWidth / box.clientHeight) * 1.75))));
    };
    look();
    addEventListener("resize", look);
    return () => removeEventListener("resize", look);
  }, []);
  return [frame, columns];
}
