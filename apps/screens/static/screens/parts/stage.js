/** What fills the stage's canvas before the start and after the end. */
import { html, useLayoutEffect, useRef } from "../vendor/preact.js";
import { _, listed } from "../words.js";
import { Links, Prompt, shownPrompt } from "./now.js";

/**
 * A box whose content, set in multiples of --fit, gets smaller until it fits; looks again when `on` or the box changes.
 * @param {{ class: string, on?: unknown, lang?: string, children?: any }} props
 */
export function Fitted({ on, children, ...rest }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  // Before it is painted: nobody sees it cut, not for a moment.
  useLayoutEffect(() => {
    const element = /** @type {HTMLElement} */ (box.current);
    const fit = () => {
      for (let share = 1; share >= 0.5; share -= 0.05) {
        element.style.setProperty("--fit", share.toFixed(2));
        if (element.scrollHeight <= element.clientHeight) return;
      }
      element.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
    };
    const watch = new ResizeObserver(fit);
    watch.observe(element);
    document.fonts?.ready.then(fit);
    return () => watch.disconnect();
  }, [on]);
  return html`<div ref=${box} ...${rest}>${children}</div>`;
}

/** The event, its hosts, what the community is and for whom. */
export function StageAbout(/** @type {{ event: any }} */ { event }) {
  const about = event.about ?? {};
  return html`
    <${Fitted} class="about" on=${event} lang=${event.language}>
      <header>
        ${event.starts_at_local && html`<p class="eyebrow">${_("Starts at {time}", { time: event.starts_at_local })}</p>`}
        <h2 class="huge" dir="auto">${event.title}</h2>
        ${event.hosts?.length > 0 && html`<p class="hosts" dir="auto">${_("with {names}", { names: listed(event.hosts) })}</p>`}
      </header>
      <div class="about-columns">
        <${Half} heading=${about.heading} line=${about.tagline} points=${about.points} />
        <${Half} heading=${about.audience_heading} line=${about.audience} points=${about.audience_points} />
      </div>
    <//>
  `;
}

function Half(/** @type {{ heading?: string, line?: string, points?: string[] }} */ { heading, line, points = [] }) {
  if (!heading) return null;
  return html`
    <div>
      <h3 dir="auto">${heading}</h3>
      <p dir="auto">${line}</p>
      <ul class="points">${points.map((point) => html`<li key=${point} dir="auto">${point}</li>`)}</ul>
    </div>
  `;
}

/** The end of a programme that has no closing. */
export function StageEnd() {
  return html`<section class="end"><h2 class="huge">${_("The end")}</h2></section>`;
}

/** Any segment until its kind brings its own card: the prompt fills the canvas, instructions stand under it. */
export function PlainStage(/** @type {{ segment: import("./now.js").Segment, now: import("./now.js").Now, event: { language: string } }} */ { segment, now, event }) {
  const prompt = shownPrompt(segment, now);
  const large = prompt?.text ?? (segment.headline || segment.instructions);
  return html`
    <section class="plain-card">
      <${Prompt} text=${large} fill lang=${event.language} />
      ${large !== segment.instructions && html`<p class="instructions" dir="auto">${segment.instructions}</p>`}
      ${segment.goal && html`<p class="goal" dir="auto">${segment.goal}</p>`}
      <${Links} segment=${segment} />
    </section>
  `;
}
