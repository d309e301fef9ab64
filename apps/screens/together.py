"""Modules joined to one file, so that a phone on bad Wi-Fi fetches few files and not dozens.

No build step and no other language: each module becomes a function that returns its exports, in the
order of its imports. Three kinds of joined files:

- SHARED: everything of screens that a phone needs. The import map leads every one of its addresses
  to this file, so that whoever imports screens/words.js gets the very same instance.
- One for each entry of a phone, without its comments, and what comes ALONG.
- One for each segment kind and screen: the kind's script with only what that screen needs, if its
  default export is a plain list of cards. What it takes from another activity's folder is joined along,
  what it takes from screens stays an import. What it imports only once it is needed, by
  `import("./name.js")` of its own folder, is joined to a file of its own.

Sources keep to plain forms (see `Unjoinable`); a development server serves them one by one.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

APPS = Path(__file__).parent.parent
SHARED = "screens/together/shared.js"
ENTRIES = ("screens/phone.js", "screens/join.js")
# Only segment kinds import them.
ALSO = ("screens/parts/stylesheet.js", "screens/parts/sign.js")
APART = "screens/vendor/"
# Joined to each that imports it: no page has two of those from the start.
ALONG = ("screens/parts/card_form.js",)
# Comes to a phone by itself, after all the others.
ME = "screens/parts/me.js"
# Which cards of a kind a screen may show.
CARDS = {"phone": ("phone", "beside"), "stage": ("stage",), "console": ("console",)}

COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*$", re.DOTALL | re.MULTILINE)
IMPORT = re.compile(r'^import\s+(?:(\w+)|\{([^}]*)\})\s+from\s+"([^"]+)";\n?', re.MULTILINE)
EXPORT = re.compile(r"^export (?:(async function|function|class|const) (?:(\w+)|\{([^}]*)\})|(default) )", re.MULTILINE)
CARD_LIST = re.compile(r"^export default \{([^{}]*)\};", re.MULTILINE)
LATER = re.compile(r'\bimport\("\./(\w+)\.js"\)')
INDENT = re.compile(r"\n\s*")


class Unjoinable(ValueError):
    """A module uses a form that cannot be joined: a circle, `export let`, `export {..}`, two exports of one name."""


@dataclass(frozen=True)
class Import:
    path: str
    name: str  # "default" for the default export
    local: str

    @property
    def bound(self) -> str:
        """Its name in the joined file, where all modules meet."""
        return default_name(self.path) if self.name == "default" else self.name


@dataclass(frozen=True)
class Module:
    path: str
    imports: list[Import]
    exports: list[str]
    body: str

    @property
    def bound(self) -> list[str]:
        return [default_name(self.path) if name == "default" else name for name in self.exports]


def shared() -> str:
    """Text of the file at SHARED."""
    modules = shared_modules()
    defaults = [default_name(module.path) for module in modules if "default" in module.exports]
    if len(defaults) > 1:
        raise Unjoinable(f"more than one default export: {', '.join(defaults)}")
    names = [name for module in modules for name in module.exports if name != "default"]
    last = [*names, *(f"{name} as default" for name in defaults)]
    return "\n".join([*joined(modules, SHARED), f"export {{ {', '.join(last)} }};\n"])


@lru_cache
def shared_paths() -> list[str]:
    """Static paths of all modules in the shared file, dependencies first."""
    return [module.path for module in shared_modules()]


def shared_modules() -> list[Module]:
    found = reachable(
        map(read, (*ENTRIES, *ALSO)), lambda path: path.startswith("screens/") and not path.startswith(APART)
    )
    return [module for module in found if module.path not in (*ENTRIES, *ALONG)]


def entry_address(path: str) -> str:
    return f"screens/together/{PurePosixPath(path).name}"


def entry(path: str) -> str:
    """Text of an entry without comments; what it imports stays an import, if it does not come along."""
    *along, module = reachable([read(path)], lambda path: path in ALONG)
    head = joined([*along, replace(module, exports=[], body="")], entry_address(path))[:-1]
    return "\n".join([*head, *renamed(module), module.body, ""])


@lru_cache
def has_card(script: str, card: str) -> bool:
    """Whether a kind's script brings a card of that name; yes, if its list cannot be read."""
    text = source(script).read_text() if source(script).exists() else ""
    found = CARD_LIST.search(COMMENT.sub("", text))
    return found is None or card in [item.partition(":")[0].strip() for item in found[1].split(",")]


def kind_address(script: str, screen: str) -> str:
    """In the folder of the script itself, so that its relative addresses stay valid: bowl/open_mic.phone.js."""
    return f"{script.removesuffix('.js')}.{screen}.js"


def kind(script: str, screen: str) -> str:
    """Text of the joined file of a kind's script for one screen."""
    entry = read(script, screen)
    *needed, _entry = reachable([entry], lambda path: not path.startswith("screens/") or path in ALONG)
    outside = [one for one in entry.imports if one.path.startswith("screens/") and one.path not in ALONG]
    head = joined([*needed, replace(entry, imports=outside, exports=[], body="")], kind_address(script, screen))[:-1]
    own = f"const {default_name(script)} = "
    text = "\n".join([*head, *renamed(entry), entry.body.replace(own, "export default "), ""])
    return LATER.sub(rf'import("./\1.{screen}.js")', text)


@lru_cache
def later_paths(script: str, screen: str) -> list[str]:
    """Static paths of what a kind's script imports on a screen only once it is needed; they lie in its own folder."""
    folder = script.partition("/")[0] + "/"
    modules = reachable([read(script, screen)], lambda path: path.startswith(folder))
    return [f"{folder}{name}.js" for module in modules for name in LATER.findall(module.body)]


def later(path: str, screen: str) -> str:
    """Text of the joined file of such a module: it and what it needs of its folder, with its exports."""
    folder = path.partition("/")[0] + "/"
    modules = reachable([read(path)], lambda path: path.startswith(folder))
    return "\n".join(
        [*joined(modules, kind_address(path, screen)), f"export {{ {', '.join(modules[-1].exports)} }};\n"]
    )


def reachable(entries: Iterable[Module], is_inside: Callable[[str], bool]) -> list[Module]:
    """The entries and what they import from inside, dependencies first."""
    done: dict[str, Module] = {}

    def visit(module: Module, above: tuple[str, ...]) -> None:
        for path in dict.fromkeys(one.path for one in module.imports):
            if path in (*above, module.path):
                raise Unjoinable(f"a circle of imports: {' -> '.join((*above, module.path, path))}")
            if is_inside(path) and path not in done:
                visit(read(path), (*above, module.path))
        done[module.path] = module

    for entry in entries:
        visit(entry, ())
    return list(done.values())


def joined(modules: list[Module], address: str) -> list[str]:
    """Imports from elsewhere, then each module as a function that is called once."""
    inside = {module.path for module in modules}
    elsewhere: dict[str, list[Import]] = {}
    for one in {one.path + " " + one.name: one for module in modules for one in module.imports}.values():
        if one.path not in inside:
            elsewhere.setdefault(one.path, []).append(one)
    names = [name for module in modules for name in module.bound]
    names += [one.bound for imports in elsewhere.values() for one in imports]
    if twice := {name for name in names if names.count(name) > 1}:
        raise Unjoinable(f"one name from more than one module: {', '.join(sorted(twice))}")
    lines = [
        f'import {{ {", ".join(sorted(as_import(one) for one in imports))} }} from "{relative(address, path)}";'
        for path, imports in sorted(elsewhere.items())
    ]
    return [*lines, *map(wrapped, modules)]


def wrapped(module: Module) -> str:
    inner = "\n".join([*renamed(module), module.body, f"return {{ {', '.join(module.bound)} }};"])
    return f"const {{ {', '.join(module.bound)} }} = (() => {{\n{inner}\n}})();"


def renamed(module: Module) -> list[str]:
    return [f"const {one.local} = {one.bound};" for one in module.imports if one.local != one.bound]


def as_import(one: Import) -> str:
    return one.name if one.bound == one.name else f"{one.name} as {one.bound}"


def read(path: str, screen: str = "") -> Module:
    """A module by its static path; with `screen`, only the cards of that screen and what they need."""
    text = COMMENT.sub("", source(path).read_text())
    if screen:
        text = CARD_LIST.sub(lambda found: f"export default {{ {', '.join(cards(found[1], screen))} }};", text)
    imports = []
    for default, named, address in IMPORT.findall(text):
        target = absolute(path, address)
        imports += [Import(target, "default", default)] if default else [Import(target, *pair) for pair in pairs(named)]
    text = IMPORT.sub("", text)
    if screen:
        imports = [one for one in imports if re.search(rf"\b{re.escape(one.local)}\b", text)]
    exports = [name for found in EXPORT.finditer(text) for name in exported(found)]
    body = EXPORT.sub(lambda found: plain(found, path), text)
    if re.search(r"^(import|export)\b(?!\.)", body, re.MULTILINE):
        raise Unjoinable(f"{path} imports or exports in a form that is not known here")
    return Module(path, imports, exports, INDENT.sub("\n", body).strip())


def source(path: str) -> Path:
    folder = path.partition("/")[0]
    return APPS / folder / "static" / path


def cards(listed: str, screen: str) -> list[str]:
    items = [item.strip() for item in listed.split(",") if item.strip()]
    return [item for item in items if item.partition(":")[0].strip() in CARDS[screen]]


def absolute(path: str, address: str) -> str:
    parts: list[str] = list(PurePosixPath(path).parent.parts)
    for step in address.split("/"):
        if step == "..":
            parts.pop()
        elif step != ".":
            parts.append(step)
    return "/".join(parts)


def relative(address: str, path: str) -> str:
    return "../" * address.count("/") + path


def pairs(named: str) -> list[tuple[str, str]]:
    """(exported, local) names of `a, b as c`."""
    words = [item.split() for item in named.split(",") if item.strip()]
    return [(word[0], word[-1]) for word in words]


def exported(found: re.Match[str]) -> list[str]:
    _, name, several, default = found.groups()
    if default:
        return ["default"]
    return [name] if name else [item.strip() for item in several.split(",") if item.strip()]


def plain(found: re.Match[str], path: str) -> str:
    if found[4]:
        return f"const {default_name(path)} = "
    return found[0].removeprefix("export ")


def default_name(path: str) -> str:
    return "default_of_" + re.sub(r"\W", "_", path.removesuffix(".js"))
