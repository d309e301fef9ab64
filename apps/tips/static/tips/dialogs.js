/** Sending back with a reason, other words, a theme. */
import { areOn } from "../screens/console/keys.js";
import { Dialog } from "../screens/parts/dialog.js";
import { html, useState } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { MOST, graphemes } from "./state.js";

/** @type {[string, () => string][]} */
const REASONS = [
  ["unclear", () => _("Hard to understand")],
  ["off_topic", () => _("Off topic")],
  ["said_already", () => _("Said already")],
  ["unkind", () => _("Could hurt somebody")],
  ["personal", () => _("Names or contacts")],
  ["advertising", () => _("Advertising")],
  ["other", () => _("Another reason")],
];

/** @param {any} props */
export function DeclineDialog({ card, onClose, onSend }) {
  const [reason, setReason] = useState("");
  const [words, setWords] = useState("");
  const [isMissing, setMissing] = useState(false);
  const send = (/** @type {Event} */ press) => {
    press.preventDefault();
    if (!reason) return setMissing(true);
    onSend(words.trim() ? { reason, words } : { reason });
  };
  return html`
    <${Dialog} title=${_("Send back")} onClose=${onClose}>
      <p class="tip-text" dir="auto">${card.text}</p>
      <form class="stack" onSubmit=${send}>
        <fieldset class="field">
          <legend>${_("Why? The author reads a kind sentence.")}</legend>
          <div class="choice">${REASONS.map(([name, label]) => html`<label key=${name}><input type="radio" name="reason" value=${name} checked=${reason === name} onChange=${() => setReason(name)} /> ${label()}</label>`)}</div>
          <p class="refusal" role="alert">${isMissing && !reason ? _("Please choose a reason, the author will read it.") : ""}</p>
        </fieldset>
        <div class="field">
          <label for="own-words">${_("In your own words, if you like")}</label>
          <textarea id="own-words" rows="3" maxlength="560" dir="auto" value=${words} onInput=${(/** @type {any} */ e) => setWords(e.target.value)}></textarea>
        </div>
        <button class="button primary large">${_("Send back")}</button>
      </form>
    <//>
  `;
}

/** @param {any} props */
export function WordingDialog({ card, onClose, onSend }) {
  const [text, setText] = useState(card.text);
  const isWrong = !text.trim() || graphemes(text.trim()) > MOST;
  return html`
    <${Dialog} title=${_("Other words")} onClose=${onClose}>
      <form class="stack" onSubmit=${(/** @type {Event} */ press) => (press.preventDefault(), !isWrong && onSend(text))}>
        <div class="field">
          <label for="wording">${_("The author is told. The original is kept.")}</label>
          <textarea id="wording" rows="5" dir="auto" value=${text} aria-invalid=${isWrong ? "true" : undefined} onInput=${(/** @type {any} */ e) => setText(e.target.value)}></textarea>
        </div>
        ${card.original && html`<div class="row between"><p class="quiet" dir="auto">${_("Originally: {text}", { text: card.original })}</p><button type="button" class="button plain" onClick=${() => setText(card.original)}>${_("As it was")}</button></div>`}
        <button class="button primary large" disabled=${isWrong}>${_("Save")}</button>
      </form>
    <//>
  `;
}

/** @param {any} props `onChoose` is given a theme, or null for none; the likely ones come first, with their reasons */
export function ThemeDialog({ title, themes, likely = [], onClose, onChoose, send, none = _("Without a theme") }) {
  const [name, setName] = useState("");
  const why = new Map(likely.map((/** @type {any} */ theme) => [theme.id, theme.why.join(", ")]));
  const ordered = [...themes].sort((a, b) => Number(why.has(b.id)) - Number(why.has(a.id)));
  const add = (/** @type {Event} */ press) => {
    press.preventDefault();
    if (name.trim()) send("themes/", "POST", { name }).then((/** @type {any} */ answer) => answer && onChoose(answer.theme));
  };
  const pressed = (/** @type {KeyboardEvent} */ press) => {
    const isTyped = press.target instanceof HTMLInputElement || press.ctrlKey || press.metaKey || press.altKey;
    if (isTyped || !areOn.peek() || !/^[0-9]$/.test(press.key)) return;
    const theme = press.key === "0" ? null : ordered[Number(press.key) - 1];
    if (theme !== undefined) onChoose(theme);
  };
  return html`
    <${Dialog} title=${title} onClose=${onClose} onKeyDown=${pressed}>
      <ul class="stack theme-list">
        ${ordered.map((theme, place) => html`<li key=${theme.id}><button type="button" class=${`theme-pick hue-${theme.colour}`} onClick=${() => onChoose(theme)}>
          <span class="row"><${Digit} place=${place + 1} /><span dir="auto">${theme.name}</span></span>${why.get(theme.id) && html`<small class="quiet">${_("shared words: {words}", { words: why.get(theme.id) })}</small>`}</button></li>`)}
        <li><button type="button" class="button quiet wide" onClick=${() => onChoose(null)}><${Digit} place=${0} /> ${none}</button></li>
      </ul>
      <form class="bar new-theme" onSubmit=${add}>
        <div class="field grow"><label for="new-theme">${_("New theme")}</label><input id="new-theme" maxlength="120" autocomplete="off" dir="auto" value=${name} onInput=${(/** @type {any} */ e) => setName(e.target.value)} /></div>
        <button class="button quiet">${_("Add")}</button>
      </form>
    <//>
  `;
}

const Digit = (/** @type {{ place: number }} */ { place }) => place <= 9 && html`<kbd class="key" aria-hidden="true">${place}</kbd>`;
