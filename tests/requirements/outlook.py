"""One person’s Outlook at the sandbox: what stands there, and what they do in it."""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.sandbox_process import Sandbox

PATIENCE = 90  # seconds
LONDON = ZoneInfo("Europe/London")


def free_day() -> str:
    """A Tuesday after all that the demo data fills, and before the winter holiday."""
    day = datetime.now(LONDON).date() + timedelta(days=15)
    return str(day + timedelta(days=(1 - day.weekday()) % 7))


def until(true: Callable[[], Any]) -> Any:
    """Ask again and again until the answer is true; give that answer."""
    end = time.monotonic() + PATIENCE
    while not (found := true()):
        assert time.monotonic() < end, "It did not come to pass."
        time.sleep(0.05)
    return found


class Outlook:
    """The mailbox of `upn`, through the sandbox's control API. Times are in London."""

    def __init__(self, sandbox: Sandbox, upn: str) -> None:
        self.sandbox, self.upn = sandbox, upn

    @property
    def week(self) -> str:
        """The address of the page that shows the week of the free day."""
        return f"{self.sandbox.url}/sandbox/mailboxes/{self.upn}?week={free_day()}"

    def entries(self) -> list[dict[str, Any]]:
        """What Panel wrote that stands here."""
        return [one for one in self.sandbox.events(self.upn) if one["transactionId"]]

    def subjects(self) -> list[str]:
        return sorted(one["subject"] for one in self.entries())

    def at(self, clock: str) -> dict[str, Any] | None:
        """Panel's entry at a wall time of the free day."""
        return next((one for one in self.entries() if span(one)[0] == clock), None)

    def block(self, starts: str, ends: str, subject: str = "Dentist", **more: Any) -> Any:
        """Enter something of one's own on the free day."""
        day, zone = free_day(), "Europe/London"
        times = f"{day}T{starts}:00", f"{day}T{ends}:00"
        return self.sandbox.add_event(self.upn, subject, *times, zone=zone, **more)

    def block_day(self, subject: str) -> Any:
        """Enter something that takes the whole free day, and shows as busy."""
        first = date.fromisoformat(free_day())
        days = f"{first}T00:00:00", f"{first + timedelta(days=1)}T00:00:00"
        more = {"zone": "Europe/London", "isAllDay": True, "showAs": "busy"}
        return self.sandbox.add_event(self.upn, subject, *days, **more)

    def move(self, event: dict[str, Any], starts: str, ends: str) -> None:
        """Move an entry within the free day."""
        zone = {"timeZone": "Europe/London"}
        times = {
            "start": {"dateTime": f"{free_day()}T{starts}:00", **zone},
            "end": {"dateTime": f"{free_day()}T{ends}:00", **zone},
        }
        self.sandbox.patch_event(self.upn, event["id"], **times)

    def delete(self, event: dict[str, Any]) -> None:
        self.sandbox.delete_event(self.upn, event["id"])


def span(event: dict[str, Any]) -> tuple[str, str]:
    """The wall times of an entry on the free day, or nothing that fits."""
    ends = [event[side]["dateTime"][:19] for side in ("start", "end")]
    wall = [datetime.fromisoformat(f"{one}+00:00").astimezone(LONDON) for one in ends]
    if str(wall[0].date()) != free_day():
        return "", ""
    return f"{wall[0]:%H:%M}", f"{wall[1]:%H:%M}"
