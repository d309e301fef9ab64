/** Notes in a hand: write one, see what became of it, read the wall. */
import { Prompt } from "../screens/parts/now.js";
import { html, useState } from "../screens/vendor/preact.js";
import { _n } from "../screens/words.js";
import { OwnTips } from "./own.js";
import { wallOf } from "./state.js";
import { PhoneWall } from "./wall.js";
import { Write } from "./write.js";

/** @param {any} props */
export function GroupExercisePhone({ segment, event, documents, submit }) {
  const wall = wallOf(documents, segment);
  return html`
    <section class="stack tips">
      <${Prompt} text=${segment.headline || segment.instructions} lang=${event.language} />
      ${wall && html`<${Write} segment=${segment} wall=${wall} submit=${submit} />`}
      <${OwnTips} segment=${segment} wall=${wall} documents=${documents} submit=${submit} />
      ${wall && html`<${PhoneWall} segment=${segment} wall=${wall} documents=${documents} submit=${submit} />`}
    </section>
  `;
}

/** While another segment runs: the wall stays readable. @param {any} props */
export function Beside({ segment, documents, submit }) {
  const wall = wallOf(documents, segment);
  const [isOpen, setOpen] = useState(false);
  if (!wall?.revealed || wall.count === 0) return null;
  return html`
    <details class="tips-beside" onToggle=${(/** @type {any} */ e) => setOpen(e.currentTarget.open)}>
      <summary><span class="grow" dir="auto">${segment.title}</span><span class="badge">${_n("{count} tip", "{count} tips", wall.count)}</span></summary>
      ${isOpen && html`<${PhoneWall} segment=${segment} wall=${wall} documents=${documents} submit=${submit} />`}
    </details>
  `;
}
