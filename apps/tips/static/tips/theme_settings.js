/** One theme: its name, colour and place, and what becomes of its tips when it goes. */
import { Dialog } from "../screens/parts/dialog.js";
import { html, useState } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";

/** @type {[string, () => string][]} */
const COLOURS = [
  ["sun", () => _("yellow")],
  ["leaf", () => _("green")],
  ["coral", () => _("coral")],
  ["sky", () => _("blue")],
  ["violet", () => _("violet")],
  ["rose", () => _("rose")],
  ["sea", () => _("turquoise")],
  ["sand", () => _("sand")],
];

/** @param {any} props */
export function ThemeSettings({ theme, themes, onClose, send }) {
  const [name, setName] = useState(theme.name);
  const [into, setInto] = useState("");
  const url = `themes/${theme.id}/`;
  const place = themes.findIndex((/** @type {any} */ one) => one.id === theme.id);
  const rename = (/** @type {Event} */ press) => {
    press.preventDefault();
    if (name.trim()) send(url, "PATCH", { name });
  };
  const others = themes.filter((/** @type {any} */ one) => one.id !== theme.id);
  return html`
    <${Dialog} title=${theme.name} onClose=${onClose}>
      <form class="bar new-theme" onSubmit=${rename}>
        <div class="field grow"><label for="rename">${_("Name")}</label><input id="rename" maxlength="120" autocomplete="off" dir="auto" value=${name} onInput=${(/** @type {any} */ e) => setName(e.target.value)} /></div>
        <button class="button quiet">${_("Rename")}</button>
      </form>
      <fieldset class="field">
        <legend>${_("Colour")}</legend>
        <div class="choice">${COLOURS.map(([colour, label]) => html`<label key=${colour}><input type="radio" name="colour" checked=${theme.colour === colour} onChange=${() => send(url, "PATCH", { colour })} /><span class=${`swatch hue-${colour}`} aria-hidden="true"></span> ${label()}</label>`)}</div>
      </fieldset>
      <div class="row">
        <button type="button" class="button quiet" disabled=${place <= 0} onClick=${() => send(url, "PATCH", { position: place - 1 })}>${_("Further up")}</button>
        <button type="button" class="button quiet" disabled=${place >= themes.length - 1} onClick=${() => send(url, "PATCH", { position: place + 1 })}>${_("Further down")}</button>
      </div>
      ${others.length > 0 && html`<div class="bar new-theme">
        <div class="field grow"><label for="merge">${_("Put all its tips into")}</label>
          <select id="merge" value=${into} onChange=${(/** @type {any} */ e) => setInto(e.target.value)}><option value="">…</option>${others.map((/** @type {any} */ one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}</select></div>
        <button type="button" class="button quiet" disabled=${!into} onClick=${() => (onClose(), send(`${url}merging/`, "PUT", { into }))}>${_("Merge")}</button>
      </div>`}
      <button type="button" class="button danger" onClick=${() => (onClose(), send(url, "DELETE"))}>${_("Remove the theme, keep its tips")}</button>
    <//>
  `;
}
