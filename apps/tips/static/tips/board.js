/** The wall behind the wall: themes, the tray of unsorted tips, what is suggested, and what was taken off. */
import { html, useRef, useState } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";
import { BoardTip } from "./board_tip.js";
import { useByKey } from "./by_key.js";
import { further, useFocusKept } from "./chosen.js";
import { ThemeDialog, WordingDialog } from "./dialogs.js";
import { keysOfGuesses, likelyThemes } from "./guesses.js";
import { Suggested } from "./suggested.js";
import { suggestionsOf, votesOf } from "./state.js";
import { ThemeBox } from "./theme_box.js";
import { ThemeSettings } from "./theme_settings.js";

/** @param {any} props `remember` of useUndo; `everywhere`: the page is the board's, and so are its keys */
export function Board({ board, themes, documents, segment, send, remember, everywhere }) {
  const [open, setOpen] = useState(/** @type {{ what: string, id: string } | null} */ (null));
  const [picked, setPicked] = useState(/** @type {string[]} */ ([]));
  const [chosen, setChosen] = useState("");
  const [isGrouping, setGrouping] = useState(false);
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const shown = board.filter((/** @type {any} */ card) => card.state === "approved");
  const off = board.filter((/** @type {any} */ card) => card.state !== "approved");
  const under = (/** @type {string | null} */ id) => shown.filter((/** @type {any} */ card) => card.theme === id);
  const suggestions = suggestionsOf(documents, segment);
  const votes = votesOf(documents, segment);
  const groups = isGrouping ? suggestions.groups : [];
  const ordered = [...groups, ...under(null), ...themes.flatMap((/** @type {any} */ theme) => under(theme.id))];
  const at = ordered.find(({ id }) => id === chosen) ?? ordered[0];
  const group = groups.find(({ id }) => id === at?.id);
  const card = group ? undefined : at;
  const [, takeFocus] = useFocusKept(list, at?.id);
  const likely = card ? likelyThemes(card, suggestions, themes) : [];
  const many = picked.filter((id) => shown.some((/** @type {any} */ one) => one.id === id));
  // A dialog that goes tells so a moment later, when another one may be open already.
  const close = () => setOpen((now) => (now === open ? null : now));

  const choose = (/** @type {number} */ step) => {
    takeFocus();
    setChosen(further(ordered, at?.id, step));
  };
  /** Where the keys go when this one leaves its place. */
  const goOn = () => at && setChosen(further(ordered, at.id, 1) === at.id ? further(ordered, at.id, -1) : further(ordered, at.id, 1));
  const move = (/** @type {string[]} */ ids, /** @type {any} */ theme) => {
    const before = shown.filter((/** @type {any} */ one) => ids.includes(one.id) && one.theme !== (theme?.id ?? null));
    setPicked([]);
    close();
    if (before.some((/** @type {any} */ one) => one.id === at?.id)) goOn();
    const put = (/** @type {any} */ one, /** @type {string | null} */ to) => send(`tips/${one.id}/theme/`, "PUT", { theme: to });
    const answered = Promise.all(before.map((/** @type {any} */ one) => put(one, theme?.id ?? null)));
    const back = () => before.forEach((/** @type {any} */ one) => put(one, one.theme));
    if (before.length > 0) remember(answered.then((all) => all.every(Boolean)), () => (theme ? _("Moved to {theme}.", { theme: theme.name }) : _("Unsorted again.")), back);
  };
  const takeDown = (/** @type {any} */ one) => {
    if (one.id === at?.id) goOn();
    const back = () => (setChosen(one.id), send(`tips/${one.id}/decision/`, "DELETE"));
    remember(send(`tips/${one.id}/decision/`, "PUT", { verb: "take_down" }), () => _("Taken down."), back);
  };
  const pin = (/** @type {any} */ one) => send(`tips/${one.id}/pin/`, one.pinned ? "DELETE" : "PUT");
  const refuse = (/** @type {any} */ one, /** @type {any[]} */ no) => no.forEach((theme) => send("refusals/", "PUT", { tip: one.id, theme: theme.id }));
  const accept = (/** @type {any} */ one) => (goOn(), send(`suggestions/${one.id}/`, "PUT", {}));
  const apart = (/** @type {any} */ one) => (goOn(), send(`suggestions/${one.id}/`, "DELETE"));
  const showGroups = () => {
    setGrouping(!isGrouping);
    if (!isGrouping && suggestions.groups.length > 0) (takeFocus(), setChosen(suggestions.groups[0].id));
  };

  const pressed = useByKey(
    {
      j: () => choose(1),
      ArrowDown: () => choose(1),
      k: () => choose(-1),
      ArrowUp: () => choose(-1),
      g: showGroups,
      ...(group && { y: () => accept(group), x: () => apart(group) }),
      ...(card && {
        t: () => setOpen({ what: "theme", id: card.id }),
        e: () => setOpen({ what: "wording", id: card.id }),
        p: () => pin(card),
        d: () => takeDown(card),
        ...keysOfGuesses(likely, (theme) => move([card.id], theme), (no) => refuse(card, no)),
      }),
    },
    everywhere,
    open !== null,
  );
  const acts = {
    choose: setChosen,
    pick: (/** @type {string} */ id, /** @type {boolean} */ on) => setPicked((now) => (on ? [...now, id] : now.filter((other) => other !== id))),
    open: (/** @type {string} */ what, /** @type {string} */ id) => setOpen({ what, id }),
    decide: (/** @type {any} */ one, /** @type {string} */ verb) => send(`tips/${one.id}/decision/`, "PUT", { verb }),
    /** One tip, or all that are picked if it is one of them. */
    drop: (/** @type {string} */ id, /** @type {any} */ theme) => move(many.includes(id) ? many : [id], theme),
    move: (/** @type {any} */ one, /** @type {any} */ theme) => move([one.id], theme),
    takeDown,
    pin,
    refuse,
  };
  const row = (/** @type {any} */ one) => html`<${BoardTip} key=${one.id} card=${one} votes=${votes[one.id] ?? 0} likely=${likelyThemes(one, suggestions, themes)} isChosen=${one.id === at?.id} isPicked=${picked.includes(one.id)} acts=${acts} />`;
  const needy = themes.filter((/** @type {any} */ theme) => theme.needs_name);
  const opened = open && shown.find((/** @type {any} */ one) => one.id === open.id);
  const theme = open && themes.find((/** @type {any} */ one) => one.id === open.id);
  return html`
    <section class="stack board" aria-label=${_("Wall and themes")} tabindex="-1" ref=${list} onKeyDown=${pressed}>
      ${needy.map((/** @type {any} */ one) => html`<div key=${one.id} class="banner needs-name" role="status"><span>${_("The name of a theme was in the words of a tip that is gone. “{name}” needs a new one.", { name: one.name })}</span>
        <button type="button" class="button" onClick=${() => setOpen({ what: "settings", id: one.id })}>${_("Name it")}</button></div>`)}
      <${NewTheme} send=${send} />
      <${Suggested} groups=${suggestions.groups} cards=${shown} themes=${themes} isOpen=${isGrouping} onToggle=${setGrouping} chosen=${at?.id} onChoose=${setChosen} onYes=${accept} onNo=${apart} />
      ${many.length > 0 && html`<div class="banner picked" role="status"><span>${_n("{count} tip chosen", "{count} tips chosen", many.length)}</span>
        <button type="button" class="button" onClick=${() => setOpen({ what: "move", id: "" })}>${_("Move")}</button><button type="button" class="button" onClick=${() => setPicked([])}>${_("None")}</button></div>`}
      <div class="theme-boxes">
        <${ThemeBox} key="" tips=${under(null)} at=${at?.id} row=${row} onDrop=${(/** @type {string} */ id) => acts.drop(id, null)}
          empty=${shown.length ? _("Every tip has its theme.") : _("Approved tips come here first.")} />
        ${themes.length > 0 && html`<div class="themes">${themes.map((/** @type {any} */ one) => html`<${ThemeBox} key=${one.id} theme=${one} tips=${under(one.id)} at=${at?.id} row=${row}
          onDrop=${(/** @type {string} */ id) => acts.drop(id, one)} onChange=${() => setOpen({ what: "settings", id: one.id })} />`)}</div>`}
      </div>
      ${off.length > 0 && html`<details class="off"><summary>${_("Not on the wall")} <span class="badge figures">${off.length}</span></summary><ul class="list">${off.map(row)}</ul></details>`}
      <p class="quiet key-help"><kbd class="key">j</kbd> <kbd class="key">k</kbd> ${_("next and previous")} · <kbd class="key">1</kbd>–<kbd class="key">3</kbd> ${_("to a likely theme")} · <kbd class="key">x</kbd> ${_("none of these")} · <kbd class="key">t</kbd> ${_("theme")}
        · <kbd class="key">g</kbd> ${_("groups it sees")} · <kbd class="key">y</kbd> ${_("make it a theme")} · <kbd class="key">p</kbd> ${_("pin")} · <kbd class="key">e</kbd> ${_("reword")} · <kbd class="key">d</kbd> ${_("take down")} · <kbd class="key">u</kbd> ${_("undo")}</p>
    </section>
    ${opened && open?.what === "theme" && html`<${ThemeDialog} title=${_("Move to a theme")} themes=${themes} likely=${likelyThemes(opened, suggestions, themes)} none=${_("Unsorted")} onClose=${close} onChoose=${(/** @type {any} */ to) => move([opened.id], to)} send=${send} />`}
    ${open?.what === "move" && html`<${ThemeDialog} title=${_("Move to a theme")} themes=${themes} none=${_("Unsorted")} onClose=${close} onChoose=${(/** @type {any} */ to) => move(many, to)} send=${send} />`}
    ${opened && open?.what === "wording" && html`<${WordingDialog} card=${opened} onClose=${close} onSend=${(/** @type {string} */ text) => (close(), send(`tips/${opened.id}/wording/`, "PUT", { text, seen: opened.text }))} />`}
    ${theme && open?.what === "settings" && html`<${ThemeSettings} theme=${theme} themes=${themes} onClose=${close} send=${send} />`}
  `;
}

function NewTheme(/** @type {any} */ { send }) {
  const [name, setName] = useState("");
  const add = (/** @type {Event} */ press) => {
    press.preventDefault();
    if (name.trim()) send("themes/", "POST", { name }).then((/** @type {any} */ answer) => answer && setName(""));
  };
  return html`<form class="bar new-theme" onSubmit=${add}>
    <div class="field grow"><label for="theme-name">${_("New theme")}</label><input id="theme-name" maxlength="120" autocomplete="off" dir="auto" value=${name} onInput=${(/** @type {any} */ e) => setName(e.target.value)} /></div>
    <button class="button quiet">${_("Add")}</button>
  </form>`;
}
