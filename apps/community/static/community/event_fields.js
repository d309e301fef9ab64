/** What a programme says of the event as a whole. */
import { page } from "../screens/page.js";
import { html } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { change, draft, faultAt, hasFault } from "./editor_state.js";
import { Choice, Field, No, ZoneField, languagesWith } from "./fields.js";
import { Number_ } from "./kind_options.js";
import { Lines } from "./lists.js";
import { LogoField } from "./logo_field.js";

export function EventFields() {
  const words = draft.value;
  const set = (/** @type {string} */ name) => (/** @type {any} */ value) => change({ [name]: value });
  const field = (/** @type {string} */ name, /** @type {string} */ label, more = {}) => html`<${Field} id=${name} label=${label} value=${words[name] ?? ""} onInput=${set(name)} refusal=${faultAt(name)} ...${more} />`;
  return html`
    <section class="stack" aria-labelledby="of-event">
      <h2 id="of-event">${_("The event")}</h2>
      ${field("title", _("Title"), { maxlength: 200 })}
      ${field("subtitle", _("Subtitle"), { maxlength: 200 })}
      <div class="pair">
        ${field("starts_on", _("Day"), { type: "date", dir: null })}
        ${field("starts_at_local", _("Starts at"), { type: "time", dir: null })}
        ${field("ends_at_local", _("Ends at"), { type: "time", dir: null })}
      </div>
      <div class="pair">
        <${ZoneField} id="timezone" label=${_("Time zone")} value=${words.timezone ?? ""} onInput=${set("timezone")} refusal=${faultAt("timezone")} />
        <${Choice} id="language" label=${_("Language")} value=${words.language ?? ""} options=${languagesWith(page.languages, words.language ?? "")} onInput=${set("language")} refusal=${faultAt("language")} />
        <${Number_} id="keep_days" label=${_("Days until everything is erased")} value=${words.keep_days} schema=${{}} set=${set("keep_days")} refusal=${faultAt("keep_days")} hint=${_("Counted from the day of the event; people are told when they join.")} />
      </div>
      <${Palette} chosen=${words.palette ?? "evening"} choose=${set("palette")} refusal=${faultAt("palette")} />
      <${LogoField} />
      <${Choice} id="names" label=${_("Names of the people who join")} value=${words.names ?? "free"} options=${[["free", _("Any name; equal ones get a number")], ["unique", _("A different name for everybody")], ["full", _("First and last name")]]} onInput=${set("names")} refusal=${faultAt("names")} hint=${_("Holds for who joins or changes their name from then on.")} />
      <${Lines} id="hosts" path="hosts" label=${_("Hosts")} values=${words.hosts ?? []} onChange=${set("hosts")} add=${_("Add a host")} />
      <${About} />
    </section>
  `;
}

/** @type {Record<string, () => string>} */
const ROOMS = {
  evening: () => _("Evening"),
  harbour: () => _("Harbour"),
  garden: () => _("Garden"),
  berry: () => _("Berry"),
  chalk: () => _("Chalk, black on white"),
};

/** A swatch of each room, as it is in the light that this device has now. @param {{ chosen: string, choose: (name: string) => void, refusal: string }} props */
function Palette({ chosen, choose, refusal }) {
  return html`
    <fieldset class="field" id="palette" role="radiogroup" tabindex="-1" aria-invalid=${refusal ? "true" : null} aria-describedby=${refusal ? "palette-refusal" : null}>
      <legend>${_("Colours")}</legend>
      <div class="rooms">
        ${page.palettes_known.map((/** @type {string} */ name) => html`
          <label key=${name} class="room" data-palette=${name}>
            <input type="radio" name="palette" value=${name} checked=${name === chosen} onChange=${() => choose(name)} />
            <span>${ROOMS[name]?.() ?? name}</span>
            <span class="swatch" aria-hidden="true"><i></i><i></i><i></i></span>
          </label>
        `)}
      </div>
      <span class="hint">${_("Every screen of the event shows them. Each segment keeps its own colour.")}</span>
      <${No} id="palette" refusal=${refusal} />
    </fieldset>
  `;
}

function About() {
  const { about } = draft.value;
  const set = (/** @type {string} */ name) => (/** @type {any} */ value) => change({ about: { ...about, [name]: value } });
  const field = (/** @type {string} */ name, /** @type {string} */ label) => html`<${Field} id=${`about-${name}`} label=${label} value=${about[name] ?? ""} onInput=${set(name)} refusal=${faultAt(`about.${name}`)} />`;
  const points = (/** @type {string} */ name) => html`<${Lines} id=${`about-${name}`} path=${`about.${name}`} label=${_("Points")} values=${about[name] ?? []} onChange=${set(name)} add=${_("Add a point")} />`;
  return html`
    <details class="about-fields" open=${hasFault("about")}>
      <summary>${_("About the community and for whom it is")}</summary>
      <div class="stack">
        ${field("heading", _("Heading"))}
        ${field("tagline", _("Tagline"))}
        ${points("points")}
        ${field("audience_heading", _("Heading: for whom"))}
        ${field("audience", _("For whom"))}
        ${points("audience_points")}
      </div>
    </details>
  `;
}
