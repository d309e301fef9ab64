"""Which JavaScript modules screens may import, under which hashed names."""

from functools import cache, lru_cache

from django.apps import apps
from django.contrib.staticfiles.storage import staticfiles_storage

from apps.events.kinds import KINDS

from . import together

# Needed by every screen before anything is drawn: fetched at once instead of one after the other.
FIRST = ("screens/vendor/preact.js", together.SHARED)
# Of no use on a phone, where each name costs bytes of the first load.
NOT_FOR_PHONES = (
    "screens/console",
    "screens/stage",
    "screens/parts/stage",
    "screens/parts/qr",
    *together.ALONG,
    "screens/parts/me",
    "screens/parts/programme",  # asked for from inside the shared file alone
    "screens/handover/",
    "screens/together/",
    "keepsake/",
    "community/",
    "rehearsal/",
    *together.ENTRIES,
)
STYLES_OF_OTHERS = ("/console.css", "/stage.css")


def entries(screen: str = "") -> dict[str, str]:
    """`{plain address: hashed address}` of our modules; relative imports resolve to the plain ones.

    Django's own rewriting of imports (`support_js_module_import_aggregation`) names files that do not exist.
    """
    base = base_url()
    return {
        f"{base}{plain}": f"{base}{name}"
        for plain, name in sorted(hashed_names().items())
        if is_ours(plain) and is_for(screen, plain)
    }


def preloads() -> list[str]:
    base, names = base_url(), hashed_names()
    return [f"{base}{names[plain]}" for plain in FIRST if plain in names]


def hashed_names() -> dict[str, str]:
    """By plain name; a module that was joined with others has the name of what they are joined in."""
    hashed: dict[str, str] = getattr(staticfiles_storage, "hashed_files", {})
    shared = hashed.get(together.SHARED)
    return hashed | (dict.fromkeys(together.shared_paths(), shared) if shared else {})


def kinds(screen: str) -> dict[str, str]:
    """The hashed address of each kind's module for a screen: with a question mark behind it, it is still there."""
    base = base_url()
    hashed = getattr(staticfiles_storage, "hashed_files", {})
    scripts = {kind.name: kind.script for kind in KINDS.values() if kind.script}
    if screen == "phone":
        scripts["me"] = together.ME
    joined = {name: together.kind_address(script, screen) for name, script in scripts.items()}
    return {name: base + hashed.get(joined[name], hashed.get(script, script)) for name, script in scripts.items()}


def beside() -> list[str]:
    """Kinds that have something to show on a phone while another segment runs."""
    return [kind.name for kind in KINDS.values() if kind.script and together.has_card(kind.script, "beside")]


def base_url() -> str:
    return getattr(staticfiles_storage, "base_url", None) or "/"


@cache
def is_ours(plain: str) -> bool:
    """Our modules, and what those of activities ask for by `import.meta.resolve`: stylesheets, a script in Python."""
    folder = plain.partition("/")[0]
    return (plain.endswith(".js") and folder in our_folders()) or (
        plain.endswith((".css", ".py")) and folder in our_folders() - {"screens"}
    )


@lru_cache
def our_folders() -> set[str]:
    """An app's static files lie in a folder that has its label."""
    return {config.label for config in apps.get_app_configs() if config.name.startswith("apps.")}


@cache
def is_for(screen: str, plain: str) -> bool:
    """Whether a screen can need it: not what was joined for another one, on a phone not what was joined at all."""
    others = tuple(f".{other}.js" for other in together.CARDS if other != screen)
    if screen and plain.endswith(others):
        return False
    if screen != "phone":
        return True
    is_apart = plain.startswith("screens/") or plain.endswith((".css", ".py", ".phone.js"))
    is_apart = is_apart and not plain.endswith(STYLES_OF_OTHERS)
    return is_apart and not plain.startswith(NOT_FOR_PHONES) and plain not in kind_addresses("phone")


@lru_cache
def kind_addresses(screen: str) -> set[str]:
    """Where kinds begin: `kinds` names these whole, nothing imports them."""
    return {together.kind_address(kind.script, screen) for kind in KINDS.values() if kind.script}
