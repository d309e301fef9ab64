/** Somebody saved another version while this one was written: theirs can be read, and one of the two chosen. */
import { Dialog } from "../screens/parts/dialog.js";
import { html, useState } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";
import { draftOf } from "./draft.js";
import { draft, keepMine, takeTheirs, theirs } from "./editor_state.js";

export function Meanwhile() {
  const other = theirs.value;
  const [isReading, read] = useState(false);
  if (!other) return null;
  return html`
    <${Dialog} title=${_("Two versions")} onClose=${() => (theirs.value = null)}>
      <p>${other.sentence}</p>
      <p>${_("Nothing is overwritten yet. If you keep yours, what they changed is gone.")}</p>
      ${isReading && html`<div class="versions">
        <${Version} title=${_("Theirs")} one=${draftOf(other.programme)} beside=${draft.value} />
        <${Version} title=${_("Yours")} one=${draft.value} beside=${draftOf(other.programme)} />
      </div>`}
      <div class="row">
        ${!isReading && html`<button type="button" class="button primary" onClick=${() => read(true)}>${_("See both")}</button>`}
        <button type="button" class="button quiet" onClick=${keepMine}>${_("Keep mine")}</button>
        <button type="button" class="button quiet" onClick=${takeTheirs}>${_("Take theirs")}</button>
      </div>
    <//>
  `;
}

/** What differs from the other one is marked. @param {{ title: string, one: import("./draft.js").Draft, beside: import("./draft.js").Draft }} props */
function Version({ title, one, beside }) {
  const said = (/** @type {any} */ { key: _key, prompts, ...segment }) => JSON.stringify({ ...segment, prompts: (prompts ?? []).map((/** @type {any} */ prompt) => prompt.text) });
  const others = new Set(beside.segments.map(said));
  const words = (/** @type {import("./draft.js").Draft} */ { segments: _segments, ...rest }) => JSON.stringify(rest);
  return html`
    <section>
      <h3>${title}</h3>
      <p dir="auto">${words(one) === words(beside) ? one.title : html`<mark>${one.title}</mark>`}</p>
      <ol>
        ${one.segments.map((segment) => {
          const line = html`<span dir="auto">${segment.title}</span> <small>${_n("{count} minute", "{count} minutes", Number(segment.minutes) || 0)}</small>`;
          return html`<li key=${segment.key}>${others.has(said(segment)) ? line : html`<mark>${line}</mark>`}</li>`;
        })}
      </ol>
    </section>
  `;
}
