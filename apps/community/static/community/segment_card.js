/** One segment in the editor: its line, which can be moved, and all of it once it is opened. */
import { page } from "../screens/page.js";
import { Dialog } from "../screens/parts/dialog.js";
import { hueOf } from "../screens/parts/now.js";
import { html, useState } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";
import { moved } from "./draft.js";
import { change, changeSegment, draft, faultAt, hasFault, open, opened, saved, told, wanted } from "./editor_state.js";
import { Choice, Field, No } from "./fields.js";
import { KindOptions, Number_, kindInWords } from "./kind_options.js";
import { PromptsField, Shift } from "./prompts_field.js";

/** @typedef {import("./draft.js").Segment} Segment */

/** @type {Record<string, () => string>} */
const STANDING = {
  current: () => _("Now"),
  past: () => _("Was already"),
  held: () => _("People have put something in"),
};
/** @type {Record<string, () => string>} */
const HUES = {
  coral: () => _("Coral"),
  leaf: () => _("Leaf green"),
  violet: () => _("Violet"),
  sun: () => _("Sunflower"),
  sky: () => _("Sky blue"),
};
const DRAGGED = "application/x-segment";

export function shift(/** @type {number} */ from, /** @type {number} */ to, /** @type {string} */ hand = "") {
  const { segments } = draft.peek();
  if (to < 0 || to >= segments.length || from === to) return;
  change({ segments: moved(segments, from, to) });
  wanted.value = `${segments[from].key}-${hand || (to < from ? "up" : "down")}`;
  told.value = _("{title} is now in place {place} of {of}.", { title: segments[from].title, place: to + 1, of: segments.length });
}

/** @param {{ segment: Segment, place: number, of: number, begins: string, fits: boolean }} props */
export function SegmentCard({ segment, place, of, begins, fits }) {
  const [isOver, setOver] = useState(false);
  const path = `segments[${place}]`;
  const standing = STANDING[saved.value.standing[segment.id ?? ""]]?.() ?? "";
  const isOpen = opened.value[segment.key] ?? false;
  const keys = (/** @type {KeyboardEvent} */ press) => {
    const step = press.altKey ? { ArrowUp: -1, ArrowDown: 1 }[press.key] : 0;
    if (!step) return;
    press.preventDefault();
    shift(place, place + step, "toggle");
  };
  const drag = (/** @type {DragEvent} */ press) => press.dataTransfer?.setData(DRAGGED, String(place));
  const isOurs = (/** @type {DragEvent} */ press) => press.dataTransfer?.types.includes(DRAGGED);
  const over = (/** @type {DragEvent} */ press) => isOurs(press) && (press.preventDefault(), setOver(true));
  const drop = (/** @type {DragEvent} */ press) => {
    setOver(false);
    if (!isOurs(press)) return;
    press.preventDefault();
    shift(Number(press.dataTransfer?.getData(DRAGGED)), place, "toggle");
  };
  return html`
    <li class=${`segment-card hue-${hueOf(/** @type {any} */ ({ ...segment, options: segment }))} ${isOver ? "over" : ""} ${hasFault(path) ? "wrong" : ""}`} onDragOver=${over} onDragLeave=${() => setOver(false)} onDrop=${drop}>
      <div class="segment-line" draggable="true" onDragStart=${drag}>
        <button type="button" id=${`${segment.key}-toggle`} class="segment-toggle" aria-expanded=${isOpen} aria-controls=${`${segment.key}-body`} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown" onClick=${() => open(segment.key, !isOpen)} onKeyDown=${keys}>
          <time class=${fits ? "" : "off"}>${segment.starts_at_local || begins}</time>
          <span class="grow">
            <b class="display" dir="auto">${segment.title || _("Without a title")}</b>
            <small class="quiet">${kindInWords(segment.kind)} · ${_n("{count} minute", "{count} minutes", Number(segment.minutes) || 0)}${segment.prompts.length > 0 ? ` · ${_n("{count} prompt", "{count} prompts", segment.prompts.length)}` : ""}</small>
            ${standing && html`<small class="badge now">${standing}</small>`}
          </span>
        </button>
        <${Shift} id=${`${segment.key}-up`} isUp label=${_("{title}: up", segment)} isOff=${place === 0} onClick=${() => shift(place, place - 1)} />
        <${Shift} id=${`${segment.key}-down`} label=${_("{title}: down", segment)} isOff=${place === of - 1} onClick=${() => shift(place, place + 1)} />
      </div>
      ${["", ".id"].map((end) => html`<${No} key=${end} id=${`${segment.key}${end}`} refusal=${faultAt(path + end)} />`)}
      ${!fits && html`<p class="hint">${_("What comes before ends at {begins}.", { begins })}</p>`}
      <div id=${`${segment.key}-body`}>${isOpen && html`<${Body} segment=${segment} path=${path} />`}</div>
    </li>
  `;
}

/** @param {{ segment: Segment, path: string }} props */
function Body({ segment, path }) {
  const { key } = segment;
  const set = (/** @type {string} */ name) => (/** @type {any} */ value) => changeSegment(key, { [name]: value });
  const isCurrent = saved.value.standing[segment.id ?? ""] === "current";
  const kinds = /** @type {[string, string][]} */ (Object.keys(page.kinds_known).map((kind) => [kind, kindInWords(kind)]));
  const hues = /** @type {[string, string][]} */ ([["", _("That of its kind")], ...page.hues.map((/** @type {string} */ hue) => [hue, HUES[hue]?.() ?? hue])]);
  const text = (/** @type {string} */ name, /** @type {string} */ label) => html`<${Field} id=${`${key}-${name}`} as="textarea" label=${label} value=${segment[name] ?? ""} onInput=${set(name)} refusal=${faultAt(`${path}.${name}`)} />`;
  return html`
    <div class="segment-body stack">
      <${Field} id=${`${key}-title`} label=${_("Title")} value=${segment.title} onInput=${set("title")} refusal=${faultAt(`${path}.title`)} maxlength="200" />
      <div class="pair">
        <${Choice} id=${`${key}-kind`} label=${_("Kind")} value=${segment.kind} options=${kinds} onInput=${(/** @type {string} */ kind) => changeSegment(key, otherKind(segment, kind))} refusal=${faultAt(`${path}.kind`)} />
        <${Number_} id=${`${key}-minutes`} label=${_("Minutes")} value=${segment.minutes} schema=${{}} set=${set("minutes")} refusal=${faultAt(`${path}.minutes`)} hint=${isCurrent ? _("It runs: its clock stays as it is. The console adds minutes.") : _("0 has no countdown.")} />
        <${Field} id=${`${key}-starts`} type="time" label=${_("Planned for")} value=${segment.starts_at_local ?? ""} onInput=${set("starts_at_local")} refusal=${faultAt(`${path}.starts_at_local`)} dir=${null} />
        <${Choice} id=${`${key}-hue`} label=${_("Colour")} value=${segment.hue ?? ""} options=${hues} onInput=${(/** @type {string} */ hue) => set("hue")(hue || undefined)} refusal=${faultAt(`${path}.hue`)} />
      </div>
      ${text("headline", _("Headline on the stage"))}
      ${text("instructions", _("Instructions"))}
      ${text("goal", _("Goal"))}
      <${PromptsField} segment=${segment} path=${`${path}.prompts`} />
      <${KindOptions} segment=${segment} path=${path} set=${(/** @type {any} */ changes) => changeSegment(key, changes)} />
      <${RemoveSegment} segment=${segment} />
    </div>
  `;
}

/** Settings of the old kind mean nothing to the new one. @param {Segment} segment @param {string} kind */
function otherKind(segment, kind) {
  const gone = Object.keys(page.kinds_known[segment.kind]?.options ?? {}).filter((name) => !(name in page.kinds_known[kind].options));
  return { kind, ...Object.fromEntries(gone.map((name) => [name, undefined])) };
}

/** @param {{ segment: Segment }} props */
function RemoveSegment({ segment }) {
  const [isAsking, ask] = useState(false);
  const standing = saved.value.standing[segment.id ?? ""];
  if (standing && standing !== "opened") return html`<p class="quiet">${_("It has begun, so it stays in the programme.")}</p>`;
  const remove = () => {
    const place = draft.peek().segments.indexOf(segment);
    change({ segments: draft.peek().segments.filter((one) => one.key !== segment.key) });
    wanted.value = `${draft.peek().segments[Math.max(0, place - 1)]?.key}-toggle`;
  };
  return html`
    <button type="button" class="button danger" onClick=${() => ask(true)}>${_("Remove this segment")}</button>
    ${isAsking && html`
      <${Dialog} title=${_("Remove {title}?", segment)} onClose=${() => ask(false)}>
        <p>${_("Its texts and prompts go with it as soon as you save.")}</p>
        <div class="row">
          <button type="button" class="button danger primary" onClick=${remove}>${_("Remove")}</button>
          <button type="button" class="button quiet" onClick=${() => ask(false)}>${_("Keep it")}</button>
        </div>
      <//>
    `}
  `;
}
