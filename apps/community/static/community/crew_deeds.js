/** Who did what, the newest first; fifty at a time, anew whenever something happens. */
import { documents } from "../screens/console/state.js";
import { page } from "../screens/page.js";
import { html, useEffect, useState } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { ask, members } from "./crew_state.js";

/** @typedef {{ id: string, at: string, text: string, undone_at: string | null }} Deed */

// Several things happen at once when one is pressed.
const SETTLED = 400;

export function Deeds() {
  const [deeds, setDeeds] = useState(/** @type {Deed[]} */ ([]));
  const [hasMore, setMore] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const zone = documents.public.value.event.timezone ?? undefined;
  const { crew, me } = documents;
  useEffect(() => {
    const timer = setTimeout(async () => {
      const answer = await ask("deeds/");
      if (!answer) return;
      setDeeds((known) => joined(answer.deeds, known));
      setMore((had) => (deeds.length === 0 ? answer.more : had));
    }, deeds.length && SETTLED);
    return () => clearTimeout(timer);
  }, [crew.value, me.value, members.value]);
  const older = async () => {
    setBusy(true);
    const answer = await ask(`deeds/?before=${deeds.at(-1)?.id}`);
    setBusy(false);
    if (!answer) return;
    setDeeds([...deeds, ...answer.deeds]);
    setMore(answer.more);
  };
  return html`
    <section aria-labelledby="crew-deeds">
      <h2 id="crew-deeds">${_("Who did what")}</h2>
      ${deeds.length === 0 && html`<p class="quiet">${_("Nothing yet.")}</p>`}
      <ol class="list deeds">
        ${deeds.map((deed) => html`
          <li class="list-row" key=${deed.id}>
            <span class="grow" dir="auto">${deed.undone_at ? html`<s>${deed.text}</s> <span class="quiet">${_("taken back")}</span>` : deed.text}</span>
            <time class="quiet figures" datetime=${deed.at}>${moment(deed.at, zone)}</time>
          </li>
        `)}
      </ol>
      ${hasMore && html`<button type="button" class="button quiet" disabled=${isBusy} aria-busy=${isBusy ? "true" : null} onClick=${older}>${_("Show older ones")}</button>`}
    </section>
  `;
}

/** New ones before those that are here already. @param {Deed[]} fresh @param {Deed[]} known */
function joined(fresh, known) {
  const ids = new Set(fresh.map(({ id }) => id));
  return [...fresh, ...known.filter(({ id }) => !ids.has(id))];
}

/** @param {string} at @param {string | undefined} zone */
function moment(at, zone) {
  const language = page.language === "en" ? "en-GB" : page.language;
  return new Intl.DateTimeFormat(language, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone: zone }).format(new Date(at));
}
