"""A sandbox of one's own for tests: started on a free port, spoken to over real HTTP.

@pytest.fixture
def sandbox(sandbox_process):
    sandbox_process.reset()
    return sandbox_process
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import requests

ROOT = Path(__file__).resolve().parent.parent
CLIENT_ID = "00001111-aaaa-2222-bbbb-3333cccc4444"
CLIENT_SECRET = "s3cret~value+/=&"
PASSWORD = "Passw0rd!"
ANNA, BEN, CARLA = "anna@contoso.test", "ben@contoso.test", "carla@outlook.test"
NOMAIL, BLOCKED = "nomail@contoso.test", "blocked@contoso.test"


class Sandbox:
    """The control API of a running sandbox. Failed calls raise requests.HTTPError."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = requests.Session()
        self.http.trust_env = False

    def ask(self, method: str, path: str, json: Any = None, **params: Any) -> Any:
        """One call; gives the JSON of its answer, or None."""
        answer = self.http.request(
            method, f"{self.url}/sandbox/{path}", json=json, params=params, timeout=30
        )
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def reset(self) -> None:
        """Everything as at first start."""
        self.ask("POST", "reset")

    def requests(self, since: int = 0) -> list[dict[str, Any]]:
        """What identity and Graph were asked after number `since`."""
        return self.ask("GET", "requests", since=since)["value"]

    def last_request(self) -> int:
        """The number of the last request answered, for `requests(since)`."""
        return self.ask("GET", "requests", since=10**9)["last"]

    def events(self, upn: str, *, deleted: bool = False) -> list[dict[str, Any]]:
        """Masters, exceptions and single events of all calendars."""
        return self.ask("GET", _events(upn), deleted=int(deleted))["value"]

    def event(self, upn: str, subject: str) -> dict[str, Any]:
        """The only event of that subject."""
        (found,) = [one for one in self.events(upn) if one["subject"] == subject]
        return found

    def add_event(self, upn: str, subject: str, start: str, end: str, **more: Any) -> Any:
        """A new event; times are local, in the zone `zone` (UTC unless said)."""
        zone = more.pop("zone", "UTC")
        times = {"start": _moment(start, zone), "end": _moment(end, zone)}
        return self.ask("POST", _events(upn), {"subject": subject, **times, **more})

    def patch_event(self, upn: str, event_id: str, **changes: Any) -> Any:
        """Change an event as the person would; `calendarId` moves it."""
        return self.ask("PATCH", _events(upn, event_id), changes)

    def delete_event(self, upn: str, event_id: str) -> None:
        """Delete an event as the person would."""
        self.ask("DELETE", _events(upn, event_id))

    def copy_event(self, upn: str, event_id: str, **more: Any) -> Any:
        """Copy an event with everything on it."""
        return self.ask("POST", f"{_events(upn, event_id)}/copy", more)

    def calendars(self, upn: str) -> list[dict[str, Any]]:
        """All calendars, the default one first."""
        return self.ask("GET", f"mailboxes/{upn}/calendars")["value"]

    def add_calendar(self, upn: str, name: str, **more: Any) -> Any:
        """A new calendar."""
        return self.ask("POST", f"mailboxes/{upn}/calendars", {"name": name, **more})

    def patch_calendar(self, upn: str, calendar_id: str, **changes: Any) -> Any:
        """Change name, canEdit or shareWith."""
        return self.ask("PATCH", f"mailboxes/{upn}/calendars/{quote(calendar_id)}", changes)

    def delete_calendar(self, upn: str, calendar_id: str) -> None:
        """Delete a calendar with everything in it."""
        self.ask("DELETE", f"mailboxes/{upn}/calendars/{quote(calendar_id)}")

    def add_mailbox(self, upn: str, kind: str = "work", events: int = 0, name: str = "") -> Any:
        """Another person."""
        told = {"upn": upn, "displayName": name or upn, "kind": kind, "events": events}
        return self.ask("POST", "mailboxes", told)

    def revoke(self, upn: str, why: str = "consent") -> None:
        """The next refresh fails: consent, sessions, inactive, mfa, disabled."""
        self.ask("POST", f"mailboxes/{upn}/revoke", {"why": why})

    def expire_delta(self, upn: str) -> None:
        """All delta links of the mailbox answer 410."""
        self.ask("POST", f"mailboxes/{upn}/expire-delta")

    def lifecycle(self, subscription_id: str, event: str) -> None:
        """Send a lifecycle notification."""
        self.ask("POST", f"subscriptions/{subscription_id}/lifecycle", {"event": event})

    def outbox(self) -> list[dict[str, Any]]:
        """The mails Exchange would have sent."""
        return self.ask("GET", "outbox")["value"]

    def mail(self) -> list[dict[str, Any]]:
        """The mails Panel sent by SMTP."""
        return self.ask("GET", "mail.json")["value"]

    def faults(self, *faults: dict[str, Any]) -> None:
        """Put this list of faults in place; none clears them."""
        self.ask("PUT", "faults", list(faults))

    def fault_hits(self) -> list[int]:
        """How often each standing fault has struck."""
        return [fault["hits"] for fault in self.ask("GET", "faults")["value"]]

    def quirks(self, **quirks: Any) -> None:
        """Set these quirks and all others to what is usual."""
        self.ask("PUT", "quirks", quirks)

    def latency(self, graph_ms: float = 0, token_ms: float = 0, jitter: float = 0) -> None:
        """How slow answers are."""
        self.ask("PUT", "latency", {"graph_ms": graph_ms, "token_ms": token_ms, "jitter": jitter})

    def clock(self, offset_seconds: float = 0) -> None:
        """How far its clock is from the real one."""
        self.ask("PUT", "clock", {"offset_seconds": offset_seconds})


def _events(upn: str, event_id: str = "") -> str:
    path = f"mailboxes/{upn}/events"
    return f"{path}/{quote(event_id, safe='')}" if event_id else path


def _moment(local: str, zone: str) -> dict[str, str]:
    return {"dateTime": local, "timeZone": zone}


class Started:
    """A sandbox process: where it answers, and how to end it."""

    def __init__(self, *options: str) -> None:
        command = [sys.executable, "-m", "sandbox", "--port", "0", *options]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.smtp_port = 0
        self.url = self._address()

    def _address(self) -> str:
        assert self.process.stdout
        for line in self.process.stdout:
            if mail := re.match(r"sandbox mail: .*:(\d+)$", line):
                self.smtp_port = int(mail[1])
            if found := re.match(r"sandbox: (http\S+)", line):
                return found[1]
        raise RuntimeError("The sandbox ended before it answered.")

    def end(self, *, kill: bool = False) -> None:
        """Ask it to end, or end it at once as a power cut would."""
        if kill:
            self.process.kill()
        else:
            self.process.terminate()
        self.process.wait(timeout=60)
        assert self.process.stdout
        self.process.stdout.close()


@contextmanager
def running(*options: str) -> Iterator[Sandbox]:
    """A sandbox for as long as the block lasts."""
    started = Started(*options)
    sandbox = Sandbox(started.url)
    try:
        yield sandbox
    finally:
        sandbox.http.close()
        started.end()
