"""What nobody may do from a phone: tried by the trolls, and refused each time."""

from .browser import shape
from .client import Client


async def try_the_forbidden(phone: Client) -> None:
    """Every one of these has to be answered with a no; a yes is a leak or worse."""
    now = phone.documents("public").get("now", {"step": 0})
    segments = phone.documents("public")["programme"]["segments"]
    bowl = next((one["id"] for one in segments if one["kind"] == "open_mic"), "0h2k4m6p8r0t")
    wall = next((one["id"] for one in segments if one["kind"] == "group_exercise"), "0h2k4m6p8r0t")
    tries: tuple[tuple[str, str, object], ...] = (
        ("GET", "snapshot/?as=console", None),
        ("POST", "moves/", {"verb": "end", "from_step": now["step"]}),
        ("POST", "rounds/", {"after": 0}),
        ("POST", f"bowls/{bowl}/draws/", {"after": 0}),
        ("POST", f"bowls/{bowl}/slips/", {"name": "Nobody"}),
        ("PUT", f"walls/{wall}/", {"revealed": False}),
        ("POST", f"walls/{wall}/themes/", {"name": "Mine"}),
        ("GET", f"walls/{wall}/log/", None),
        ("POST", "stage-links/", None),
        ("GET", "crew/", None),
        ("DELETE", "", {"code": phone.code}),
    )
    for method, path, body in tries:
        answer = await phone.until_answered(method, path, body, "")
        phone.journal.counts["forbidden calls"] += 1
        if answer.status_code not in (400, 403, 404):
            route = f"{method} {shape(path)}"
            phone.journal.leak("answered", f"{phone.label} was answered {answer.status_code} to {route}", route)
    page = await phone.request("GET", f"/console/{phone.code}/")
    if page.status_code == 200:
        phone.journal.leak("console_opened", f"{phone.label} could open the console")
