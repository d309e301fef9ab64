/** The programme's editor: everything of it on one page, its times added up, and one button that saves. */
import { page } from "../screens/page.js";
import { Toasts, toast } from "../screens/parts/dialog.js";
import { effect, html, render, useEffect, useState } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";
import { addedUp, withTimes } from "./draft.js";
import { addSegment, bringBack, change, draft, faultAt, isBusy, isChanged, save, saved, told, wanted } from "./editor_state.js";
import { EventFields } from "./event_fields.js";
import { Choice } from "./fields.js";
import { kindInWords } from "./kind_options.js";
import { Meanwhile } from "./meanwhile.js";
import { SegmentCard } from "./segment_card.js";

function Editor() {
  const sums = addedUp(draft.value);
  const { segments } = draft.value;
  useEffect(() => {
    const target = wanted.value && document.getElementById(wanted.value);
    if (target) target.focus();
    wanted.value = "";
  });
  return html`
    <header class="editor-bar">
      <div class="grow">
        <p class="cut" dir="auto"><b>${saved.value.programme.title}</b></p>
        <p class="quiet" role="status">${isChanged.value ? _("Not saved yet") : _("Everything is saved")}</p>
      </div>
      <nav class="row" aria-label=${_("Console")}>
        <a class="button plain" href="/console/">${_("Your events")}</a>
        <a class="button plain" href=${`/console/${page.code}/`}>${_("Console")}</a>
        <button type="button" class="button primary" aria-keyshortcuts="Control+S" aria-busy=${isBusy.value ? "true" : null} disabled=${isBusy.value} onClick=${save}>${_("Save")}</button>
      </nav>
    </header>
    <main class="editor stack">
      <h1>${_("Programme")}</h1>
      ${page.state === "live" && html`<p class="banner">${_("The event is running. What you save is on every screen at once; what has happened stays.")}</p>`}
      <${EventFields} />
      <section class="stack" aria-labelledby="of-segments">
        <h2 id="of-segments">${_("Segments")}</h2>
        <p class="quiet">${_("Drag them, or move them with the arrows; on a segment, Alt with an arrow key does the same.")}</p>
        <p class="refusal" role="alert">${faultAt("segments")}</p>
        <ol class="segments">
          ${segments.map((segment, place) => html`<${SegmentCard} key=${segment.key} segment=${segment} place=${place} of=${segments.length} ...${sums.rows[place]} />`)}
        </ol>
        <${Sum} sums=${sums} />
        <${Another} />
      </section>
      <p class="quiet"><a href=${`/console/${page.code}/programme.toml`} download>${_("Download as a file")}</a></p>
    </main>
    <p class="hidden-text" role="status">${told.value}</p>
    <${Meanwhile} />
    <${Toasts} />
  `;
}

/** @param {{ sums: ReturnType<typeof addedUp> }} props */
function Sum({ sums }) {
  const fits = sums.fits && sums.rows.every((row) => row.fits);
  return html`
    <div class="sum row between">
      <p role="status">
        <b class="figures">${_n("{count} minute in all", "{count} minutes in all", sums.total)}</b>${sums.ends && html`, ${_("until {ends}", sums)}`}
        ${!sums.fits && html`<br /><span class="refusal">${_("The event is planned to end at {ends_at_local}.", draft.value)}</span>`}
      </p>
      ${!fits && html`<button type="button" class="button quiet" onClick=${() => change(withTimes(draft.peek()))}>${_("Plan the times as they add up")}</button>`}
    </div>
  `;
}

function Another() {
  const [kind, choose] = useState(Object.keys(page.kinds_known)[0]);
  const kinds = /** @type {[string, string][]} */ (Object.keys(page.kinds_known).map((name) => [name, kindInWords(name)]));
  return html`
    <div class="another row">
      <${Choice} id="another" label=${_("Another segment")} value=${kind} options=${kinds} onInput=${choose} />
      <button type="button" class="button quiet" onClick=${() => addSegment(kind, kindInWords(kind))}>${_("Add it")}</button>
    </div>
  `;
}

addEventListener("keydown", (press) => {
  if (!(press.ctrlKey || press.metaKey) || press.key.toLowerCase() !== "s") return;
  press.preventDefault();
  save();
});
addEventListener("beforeunload", (leaving) => isChanged.peek() && leaving.preventDefault());
effect(() => void (document.documentElement.dataset.hue = isChanged.value ? "sun" : "lamp"));
if (bringBack()) toast(_("What you had not saved is back."));

render(html`<${Editor} />`, /** @type {HTMLElement} */ (document.getElementById("screen")));
