"""From a change in Panel until it stands in Outlook, and back.

Outlook to Panel is measured twice: with polling every 2 seconds while Microsoft tells nothing,
and told by Microsoft while polling is a day away.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import requests

from bench.figures import percentile, show
from bench.person import Person
from bench.programs import panel, sandbox

UPN = "anna@contoso.test"
PATIENCE = 30.0
LATENCIES = (0, 200)
ONCE_A_DAY = 86_400
# How Outlook's changes come: the seconds between two polls, and whether Microsoft tells.
WAYS = (("polling every 2 s", 2, 0), ("by webhook", ONCE_A_DAY, 1))


class Line:
    """Anna in the panel, and her Outlook behind the sandbox's control API."""

    def __init__(self, url: str, microsoft: str) -> None:
        self.mailbox = f"{microsoft}/sandbox/mailboxes/{UPN}/events"
        self.microsoft = microsoft
        self.anna = Person(url)
        self.anna.sign_in("anna@panel.test")
        self.anna.connect(UPN)
        self.until(lambda: "Up to date" in self.anna.get("/panel/profile").text)
        self.appointment = self._one_of_ours()

    def until(self, true: Callable[[], bool], pause: float = 0.005) -> float:
        """Wait until it is true; give the seconds that it took."""
        began = time.monotonic()
        while not true():
            if time.monotonic() - began > PATIENCE:
                raise RuntimeError("It did not happen in time.")
            time.sleep(pause)
        return time.monotonic() - began

    def told(self, times: int) -> None:
        """Let Microsoft tell of each change so many times from now on: once, or never."""
        quirks = {"notifications": times}
        requests.put(f"{self.microsoft}/sandbox/quirks", json=quirks, timeout=30)

    def latency(self, ms: int) -> None:
        told = {"graph_ms": ms, "token_ms": ms, "jitter": 0}
        requests.put(f"{self.microsoft}/sandbox/latency", json=told, timeout=30)

    def ours(self) -> list[dict[str, Any]]:
        found = requests.get(self.mailbox, timeout=30).json()["value"]
        return [one for one in found if one["transactionId"]]

    def to_outlook(self, at: datetime) -> float:
        """Move the appointment in the panel; wait until the entry stands at that time.

        Counted from the press of the button, the page that follows it included.
        """
        form = self.anna.get(f"/panel/appointments/{self.appointment}/move")
        date, clock = at.strftime("%Y-%m-%d"), at.strftime("%H:%M")
        pressed = time.monotonic()
        self.anna.press(form, "/move", date=date, time=clock, anyway="y")
        self.until(lambda: any(_starts(one) == at for one in self.ours()))
        return time.monotonic() - pressed

    def to_panel(self, frm: datetime, to: datetime) -> float:
        """Move the entry in Outlook; wait until the appointment's page shows the new time."""
        entry = next(one for one in self.ours() if _starts(one) == frm)
        # Of the same length: another one would be asked about, and not taken over.
        times = {"start": to, "end": to + (_ends(entry) - frm)}
        changes = {
            name: {"dateTime": when.strftime("%Y-%m-%dT%H:%M:%S"), "timeZone": "UTC"}
            for name, when in times.items()
        }
        requests.patch(f"{self.mailbox}/{entry['id']}", json=changes, timeout=30)
        return self.until(lambda: to.strftime("%H:%M–") in self._lead(), 0.02)

    def _lead(self) -> str:
        """When the appointment is, as its page says under its title."""
        page = self.anna.get(f"/panel/appointments/{self.appointment}").text
        return page.partition('<p class="lead">')[2].partition("</p>")[0]

    def _one_of_ours(self) -> int:
        found = re.search(r"/panel/appointments/(\d+)", self.anna.get("/panel/appointments").text)
        assert found is not None
        return int(found[1])


def measure(times: int) -> list[dict[str, object]]:
    """Both directions, without and with the latency of a distant Graph."""
    rows = []
    for way, poll_seconds, told in WAYS:
        with sandbox() as microsoft, panel(microsoft, poll_seconds=poll_seconds) as url:
            line = Line(url, microsoft)
            line.told(told)
            for ms in LATENCIES:
                line.latency(ms)
                there, back = both_ways(line, times)
                rows.append(_row("Panel to Outlook", ms, there))
                rows.append(_row(f"Outlook to Panel, {way}", ms, back))
    return rows


def both_ways(line: Line, times: int) -> tuple[list[float], list[float]]:
    """The seconds that so many moves took there, and back."""
    there, back = [], []
    # Moves far from the demo data and its days off.
    day = (datetime.now(UTC) + timedelta(days=45)).replace(minute=0, second=0, microsecond=0)
    day += timedelta(days=(1 - day.weekday()) % 7)
    for n in range(times):
        here = day.replace(hour=9) + timedelta(days=7 * (n % 4), minutes=15 * (n % 2))
        there.append(line.to_outlook(here))
        back.append(line.to_panel(here, here + timedelta(hours=5)))
    return there, back


def _row(what: str, ms: int, seconds: list[float]) -> dict[str, object]:
    return {
        "change": what,
        "Graph latency ms": ms,
        "p50 s": percentile(seconds, 50),
        "p95 s": percentile(seconds, 95),
    }


def _starts(event: dict[str, Any]) -> datetime:
    return _moment(event["start"])


def _ends(event: dict[str, Any]) -> datetime:
    return _moment(event["end"])


def _moment(told: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(told["dateTime"][:19]).replace(tzinfo=UTC)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=20, help="in each direction")
    show("A change on its way", measure(asked.parse_args().times))
