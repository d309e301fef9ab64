/** The round on the wall: the question, how long still, and how the room is getting to know itself. */
import { Countdown, Prompt, shownPrompt } from "../screens/parts/now.js";
import { stylesheet } from "../screens/parts/stylesheet.js";
import { html } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";

stylesheet(import.meta.resolve("./stage.css"));

/** @param {any} props */
export function IcebreakerStage({ segment, now, event, documents }) {
  const round = documents.public.value.round;
  const prompt = shownPrompt(segment, now);
  const isOpen = round?.segment === segment.id && round.state === "open";
  return html`
    <section class="icebreaker-stage">
      <${Prompt} text=${prompt?.text ?? (segment.headline || segment.instructions)} fill lang=${event.language} />
      <div class="round-row">
        ${isOpen
          ? html`
              ${round.closes_at && html`<${Countdown} span=${{ entered_at: round.opened_at, ends_at: round.closes_at }} />`}
              <p><b class="figures">${round.groups}</b> ${_n("group", "groups", round.groups)}</p>
              <p><b class="figures">${round.new_connections}</b> ${_n("new connection", "new connections", round.new_connections)}</p>
              <p class="instructions">${_("Your phone says whom you meet.")}</p>`
          : html`<p class="instructions" dir="auto">${segment.instructions}</p>
              ${round?.new_connections > 0 && html`<p><b class="figures">${round.new_connections}</b> ${_n("new connection", "new connections", round.new_connections)}</p>`}`}
      </div>
      ${isOpen && round.names && html`<ul class="group-names">${round.names.map((/** @type {string[]} */ names) => html`<li key=${names.join()} dir="auto">${names.join(" · ")}</li>`)}</ul>`}
      ${segment.goal && html`<p class="goal" dir="auto">${segment.goal}</p>`}
    </section>
  `;
}
