/** The settings of a segment's kind, drawn from the schema that the kind itself has registered. */
import { page } from "../screens/page.js";
import { html } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { faultAt } from "./editor_state.js";
import { Choice, Field, No } from "./fields.js";
import { Lines, Rows } from "./lists.js";

/** @type {Record<string, () => string>} */
const KINDS = {
  icebreaker: () => _("Icebreaker"),
  open_mic: () => _("Open-Mic"),
  group_exercise: () => _("Group exercise"),
  closing: () => _("Closing"),
  break: () => _("Break"),
};
export const kindInWords = (/** @type {string} */ kind) => KINDS[kind]?.() ?? page.kinds_known[kind]?.label ?? kind;

/** @type {Record<string, () => string>} */
const WORDS = {
  group_size: () => _("People in a group"),
  "group_size.smallest": () => _("At least"),
  "group_size.largest": () => _("At most"),
  rounds: () => _("Rounds"),
  "rounds/by_host": () => _("A host opens each round"),
  "rounds/by_prompt": () => _("Each prompt opens a round"),
  round_minutes: () => _("Minutes of a round"),
  names_on_stage: () => _("Names of the groups on the stage"),
  video_link: () => _("Where remote groups meet: an address with {room} in it"),
  story_minutes: () => _("Minutes of a story"),
  bowl_opens: () => _("The bowl opens"),
  "bowl_opens/at_start": () => _("With the event"),
  "bowl_opens/by_host": () => _("When a host opens it"),
  seed_after_seconds: () => _("Seconds until its seed is shown"),
  signing: () => _("Names on tips"),
  "signing/optional": () => _("Everybody chooses"),
  "signing/always": () => _("Always"),
  "signing/never": () => _("Never"),
  authors_for_crew: () => _("The crew sees who wrote an unsigned tip"),
  wall_shown: () => _("The wall is shown"),
  "wall_shown/at_start": () => _("With the segment"),
  "wall_shown/by_host": () => _("When a host shows it"),
  themes: () => _("Themes"),
  links: () => _("Links"),
  "links.label": () => _("Label"),
  "links.url": () => _("Address"),
  pictures: () => _("People send pictures of the evening"),
};
const inWords = (/** @type {string} */ name) => WORDS[name]?.() ?? name.replace(/^.*[./]/, "").replaceAll("_", " ");

/** @param {{ segment: import("./draft.js").Segment, path: string, set: (changes: Record<string, any>) => void }} props */
export function KindOptions({ segment, path, set }) {
  const options = Object.entries(page.kinds_known[segment.kind]?.options ?? {});
  return options.map(([name, schema]) => html`<${Option} key=${name} name=${name} schema=${schema} id=${`${segment.key}-${name}`} path=${`${path}.${name}`} value=${segment[name]} set=${(/** @type {any} */ value) => set({ [name]: value })} />`);
}

/** @param {{ name: string, schema: any, id: string, path: string, value: any, set: (value: any) => void }} props */
function Option({ name, schema, id, path, value, set }) {
  const own = { id, label: inWords(name), refusal: faultAt(path) };
  if (schema.enum) {
    const offered = schema.enum.map((/** @type {string} */ one) => [one, inWords(`${name}/${one}`)]);
    return html`<${Choice} ...${own} value=${value ?? ""} options=${[["", _("As usual")], ...offered]} onInput=${(/** @type {string} */ one) => set(one || undefined)} />`;
  }
  switch (schema.type) {
    case "boolean":
      return html`
        <div class="field">
          <label class="row switch"><input id=${id} type="checkbox" checked=${Boolean(value)} aria-invalid=${own.refusal ? "true" : null} aria-describedby=${own.refusal ? `${id}-refusal` : null} onChange=${(/** @type {any} */ press) => set(press.currentTarget.checked)} />${own.label}</label>
          <${No} id=${id} refusal=${own.refusal} />
        </div>
      `;
    case "integer":
      return html`<${Number_} ...${own} value=${value} schema=${schema} set=${set} />`;
    case "object":
      return html`<${Together} ...${own} name=${name} path=${path} schema=${schema} value=${value ?? {}} set=${set} />`;
    case "array":
      return schema.items.type === "object"
        ? html`<${Rows} id=${id} path=${path} label=${own.label} values=${value ?? []} parts=${Object.keys(schema.items.properties).map((part) => [part, inWords(`${name}.${part}`)])} onChange=${set} add=${_("Add one")} />`
        : html`<${Lines} id=${id} path=${path} label=${own.label} values=${value ?? []} onChange=${set} add=${_("Add one")} />`;
    default:
      return html`<${Field} ...${own} value=${value ?? ""} onInput=${set} />`;
  }
}

/** A whole number; what is none is sent as it was typed, and the server says so. @param {{ id: string, label: string, value: any, schema: any, set: (value: any) => void, refusal?: string, hint?: string }} props */
export function Number_({ id, label, value, schema, set, refusal, hint }) {
  return html`<${Field} id=${id} label=${label} value=${value ?? ""} onInput=${(/** @type {string} */ typed) => set(numberOf(typed))} refusal=${refusal} hint=${hint} inputmode="numeric" dir="ltr" class="figures" placeholder=${schema.placeholder} autocomplete="off" />`;
}

/** @param {string} typed */
const numberOf = (typed) => (/^\s*-?\d+\s*$/.test(typed) ? Number(typed) : typed);

/** Some numbers that belong together. @param {any} props */
function Together({ id, name, path, label, schema, value, set, refusal }) {
  const put = (/** @type {string} */ part) => (/** @type {any} */ typed) => set({ ...value, [part]: typed === "" ? undefined : typed });
  return html`
    <fieldset class="field">
      <legend>${label}</legend>
      <div class="pair">
        ${Object.entries(schema.properties).map(([part, own]) => html`<${Number_} key=${part} id=${`${id}-${part}`} label=${inWords(`${name}.${part}`)} schema=${own} value=${value[part]} set=${put(part)} refusal=${faultAt(`${path}.${part}`)} />`)}
      </div>
      <${No} id=${id} refusal=${refusal} />
    </fieldset>
  `;
}
