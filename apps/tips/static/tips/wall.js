/** The wall on a phone: by theme, with a vote for what is worth taking home. */
import { html, useEffect, useState } from "../screens/vendor/preact.js";
import { _, _n, figure } from "../screens/words.js";
import { Note } from "./note.js";
import { useRows } from "./rows.js";
import { address, shownTips, themesOf, votesOf } from "./state.js";
import { stretches } from "./stretches.js";

// A thumb has read that many before the next ones are drawn.
const STEP = 40;

/** @param {any} props */
export function PhoneWall({ segment, wall, documents, submit }) {
  const [theme, setTheme] = useState("");
  const [most, setMost] = useState(STEP);
  const [trouble, setTrouble] = useState("");
  const [pressed, setPressed] = useState(/** @type {Record<string, boolean>} */ ({}));
  const row = useRows();
  const themes = themesOf(documents, segment);
  const told = documents.me.value[`votes/${segment.id}`]?.tips;
  // What the server says is what counts, once it has said it.
  useEffect(() => setPressed({}), [told?.length]);
  const mine = new Set(told ?? []);
  if (!wall.revealed) return html`<section class="stack"><h2>${_("The wall")}</h2><p class="quiet">${_("It is covered until everybody has written.")}</p></section>`;
  const all = shownTips(documents, segment);
  const known = new Map(themes.map((one) => [one.id, one]));
  const wanted = theme === "" || !known.has(theme) ? all : all.filter((tip) => tip.theme === theme);
  const tips = [...wanted].reverse().sort((a, b) => Number(b.pinned) - Number(a.pinned));
  const counts = votesOf(documents, segment);
  /** @returns {[import("./state.js").Theme | undefined, boolean, number]} */
  const stateOf = (/** @type {import("./state.js").Tip} */ tip) => {
    const isOn = pressed[tip.id] ?? mine.has(tip.id);
    return [known.get(tip.theme ?? ""), isOn, Math.max(counts[tip.id] ?? 0, Number(isOn))];
  };
  const vote = (/** @type {string} */ id, /** @type {boolean} */ on) => {
    setTrouble("");
    setPressed((now) => ({ ...now, [id]: on }));
    submit({ url: `${address(segment)}tips/${id}/vote/`, method: on ? "PUT" : "DELETE", label: _("Your vote") }).catch((/** @type {Error} */ no) => {
      setTrouble(no.message);
      setPressed(({ [id]: _gone, ...others }) => others);
    });
  };
  return html`
    <section class="stack phone-wall" aria-labelledby=${`wall-${segment.id}`}>
      <h2 id=${`wall-${segment.id}`}>${_("The wall")} <span class="quiet figures">${figure(all.length)}</span></h2>
      ${themes.length > 0 && html`<div class="theme-choice" role="group" aria-label=${_("Show one theme")}>
        ${[{ id: "", name: _("All"), colour: "" }, ...themes].map((one) => html`<button key=${one.id} type="button" class=${`theme-chip hue-${one.colour}`} aria-pressed=${one.id === theme} onClick=${() => (setTheme(one.id), setMost(STEP))}><span dir="auto">${one.name}</span></button>`)}
      </div>`}
      ${tips.length === 0 && html`<p class="quiet">${theme ? _("Nothing under this theme yet.") : _("The first tip could be yours.")}</p>`}
      <p class="refusal" role="alert">${trouble}</p>
      <div class="notes">
        ${stretches(tips, most, STEP).map(([place, stretch]) => {
          const parts = stretch.flatMap((tip) => [tip, ...stateOf(tip)]);
          return row(place, parts, () => html`<ul key=${place}>${stretch.map((tip) => {
            const [under, isOn, count] = stateOf(tip);
            return html`<li key=${tip.id}><${Note} tip=${tip} colour=${under?.colour} theme=${under?.name}>
              <button type="button" class="vote" aria-pressed=${isOn} aria-label=${_n("Vote for this tip, {count} vote", "Vote for this tip, {count} votes", count)} onClick=${() => vote(tip.id, !isOn)}>
                <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M10 3 18 12H13V17H7V12H2Z" /></svg>${count > 0 && html`<span class="figures">${figure(count)}</span>`}
              </button>
            <//></li>`;
          })}</ul>`);
        })}
      </div>
      ${tips.length > most && html`<button type="button" class="button quiet wide" onClick=${() => setMost(most + STEP)}>${_n("Show {count} more", "Show {count} more", Math.min(STEP, tips.length - most))}</button>`}
    </section>
  `;
}
