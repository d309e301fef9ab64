"""Where documents come from: each app says how to compute its own from its tables, besides publishing them in actions.

`rebuild` uses it to make streams anew, and tests to prove that what was published equals what is true.
"""

from collections.abc import Callable, Mapping

Sheaf = dict[str, dict[str, object]]
Source = Callable[[str], Mapping[str, Mapping[str, object]]]

registered: list[Source] = []


def register(source: Source) -> Source:
    """Add a function from an event code to stream name -> key -> document. Usable as a decorator."""
    if source not in registered:
        registered.append(source)
    return source


def gather(code: str) -> Sheaf:
    """All documents of one event, computed from the domain tables."""
    sheaf: Sheaf = {}
    for source in registered:
        for name, documents in source(code).items():
            kept = sheaf.setdefault(name, {})
            if twice := kept.keys() & documents.keys():
                raise ValueError(f"two sources claim {sorted(twice)} of {name}")
            kept.update(documents)
    return sheaf
