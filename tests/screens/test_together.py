"""Joined files of modules: whole, in order, and refused where a form cannot be joined."""

import re

import pytest

from apps.events.kinds import KINDS
from apps.screens import finder, modules, together

SCRIPTS = sorted({kind.script for kind in KINDS.values() if kind.script})


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An own folder of apps; `write(screens_words="...")` makes screens/words.js."""
    monkeypatch.setattr(together, "APPS", tmp_path)
    monkeypatch.setattr(together, "ENTRIES", ("screens/entry.js",))
    monkeypatch.setattr(together, "ALSO", ())

    together.has_card.cache_clear()
    together.later_paths.cache_clear()

    def write(**files: str):
        for name, text in files.items():
            app, _, module = name.partition("_")
            target = tmp_path / app / "static" / app / f"{module}.js"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)

    return write


def test_dependencies_come_before_what_needs_them():
    paths = together.shared_paths()
    late = [
        (module.path, one.path)
        for module in together.shared_modules()
        for one in module.imports
        if not one.path.startswith(together.APART) and paths.index(one.path) > paths.index(module.path)
    ]
    assert late == []


def test_every_export_of_every_shared_module_is_exported_once():
    expected = [name for module in together.shared_modules() for name in module.exports]
    last = together.shared().rstrip().splitlines()[-1]
    names = [item.split(" as ")[-1].strip() for item in last.removeprefix("export {").removesuffix("};").split(",")]
    assert sorted(names) == sorted(expected)


def test_renamed_and_default_imports_find_what_they_name(folder):
    folder(
        screens_entry='import plain from "./cards.js";\nimport { now as present } from "./time.js";\nplain(present);\n',
        screens_cards='import { now as clock } from "./time.js";\nexport default { clock };\n',
        screens_time="/** A comment with export const x = 1; */\nexport const now = 1;\n",
    )
    assert together.shared() == (
        "const { now } = (() => {\nconst now = 1;\nreturn { now };\n})();\n"
        "const { default_of_screens_cards } = (() => {\nconst clock = now;\n"
        "const default_of_screens_cards = { clock };\n"
        "return { default_of_screens_cards };\n})();\n"
        "export { now, default_of_screens_cards as default };\n"
    )


def test_a_kind_is_joined_with_what_one_screen_needs_and_no_more(folder):
    folder(
        poll_poll='import { Asked } from "./asked.js";\nimport { Shown } from "./shown.js";\n\n'
        'await ready("./poll.css");\nexport default { phone: Asked, stage: Shown };\n',
        poll_asked='import { _ as words } from "../screens/words.js";\nexport const Asked = words("yes");\n',
        poll_shown="export const Shown = 2;\n",
    )
    assert together.kind("poll/poll.js", "phone") == (
        'import { _ } from "../screens/words.js";\n'
        'const { Asked } = (() => {\nconst words = _;\nconst Asked = words("yes");\nreturn { Asked };\n})();\n'
        'await ready("./poll.css");\nexport default { phone: Asked };\n'
    )
    assert together.has_card("poll/poll.js", "stage")
    assert not together.has_card("poll/poll.js", "beside")


def test_what_a_kind_imports_later_is_a_file_of_its_own(folder):
    folder(
        poll_poll='import { Asked } from "./asked.js";\nexport default { phone: Asked };\n',
        poll_asked='export const Asked = () => import("./count.js");\n',
        poll_count='import { _ } from "../screens/words.js";\nimport { sum } from "./sum.js";\n'
        "export const count = () => _(sum);\n",
        poll_sum="export const sum = 2;\n",
    )
    assert 'import("./count.phone.js")' in together.kind("poll/poll.js", "phone")
    assert together.later_paths("poll/poll.js", "phone") == ["poll/count.js"]
    assert together.later_paths("poll/poll.js", "stage") == []
    assert together.later("poll/count.js", "phone") == (
        'import { _ } from "../screens/words.js";\n'
        "const { sum } = (() => {\nconst sum = 2;\nreturn { sum };\n})();\n"
        "const { count } = (() => {\nconst count = () => _(sum);\nreturn { count };\n})();\n"
        "export { count };\n"
    )


A_NEEDS_B = 'import { b } from "./b.js";\nexport const a = b;\n'


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"a": "export let a = 0;\n"}, "not known"),
        ({"a": "const a = 1;\nexport { a };\n"}, "not known"),
        ({"a": 'export * from "./b.js";\n'}, "not known"),
        ({"a": A_NEEDS_B, "b": 'import { a } from "./a.js";\nexport const b = a;\n'}, "circle"),
        (
            {"a": 'import { x as b } from "./b.js";\nexport const x = b;\n', "b": "export const x = 1;\n"},
            "more than one",
        ),
    ],
    ids=["let", "list", "star", "circle", "same name"],
)
def test_what_cannot_be_joined_is_refused(folder, files, sentence):
    files = {f"screens_{name}": text for name, text in files.items()}
    folder(screens_entry='import { a } from "./a.js";\na();\n', **files)
    with pytest.raises(together.Unjoinable, match=sentence):
        together.shared()


def test_an_entry_keeps_its_imports_under_their_new_addresses(folder):
    folder(
        screens_entry='/** Says hello. */\nimport { _ as say } from "./words.js";\n\nsay("hello");\n', screens_words=""
    )
    assert together.entry("screens/entry.js") == (
        'import { _ } from "../../screens/words.js";\nconst say = _;\nsay("hello");\n'
    )


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("screen", sorted(together.CARDS))
def test_every_kind_can_be_joined(script, screen):
    text = together.kind(script, screen)
    folder = script.partition("/")[0]
    assert re.findall(rf'^import .* from "(?:\./|\.\./{folder}/)', text, re.MULTILINE) == []
    assert text.count("export default ") == 1


@pytest.fixture
def hashed(monkeypatch):
    """Static files as they are after collectstatic: each name has a hash."""
    plain = [
        together.SHARED,
        "screens/words.js",
        "screens/phone.js",
        "screens/stage.js",
        "screens/console/keys.js",
        "screens/sheets/phone.css",
        "drf_spectacular_sidecar/swagger.js",
    ]
    storage = type("Storage", (), {"hashed_files": {name: f"{name}?1" for name in plain}, "base_url": "/static/"})()
    monkeypatch.setattr(modules, "staticfiles_storage", storage)


def test_the_import_map_leads_shared_modules_to_the_joined_file(hashed):
    found = modules.entries()
    assert found["/static/screens/words.js"] == "/static/screens/together/shared.js?1"
    assert found["/static/screens/stage.js"] == "/static/screens/stage.js?1"
    own = ("phone.js", "stage.js", "console/keys.js", "together/shared.js")
    assert set(found) == {
        f"/static/{path}" for path in (*together.shared_paths(), *(f"screens/{name}" for name in own))
    }


def test_a_phone_is_not_told_of_what_it_cannot_need(hashed):
    assert set(modules.entries()) - set(modules.entries("phone")) == {
        "/static/screens/phone.js",
        "/static/screens/stage.js",
        "/static/screens/console/keys.js",
        "/static/screens/parts/programme.js",
        f"/static/{together.SHARED}",
    }


@pytest.mark.parametrize("path", together.ALONG)
def test_what_comes_along_is_with_each_that_needs_it_and_no_weight_for_others(path):
    assert path not in together.shared_paths()
    files = {
        "shared": together.shared(),
        **{entry: together.entry(entry) for entry in together.ENTRIES},
        "me": together.kind(together.ME, "phone"),
    }
    (name,) = together.read(path).exports
    holding = {file for file, text in files.items() if f"function {name}(" in text}
    assert holding == {"screens/join.js", "me"}
    assert together.kind_address(together.ME, "phone") in finder.joined()
    assert "parts/card_form.js" not in "".join(files.values())
