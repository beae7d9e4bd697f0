"""What people do on both sides, drawn at random: in Panel, and in their Outlook."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import requests


class Outlook:
    """Everybody's Outlook, behind the control API; remembers what is theirs, or became so."""

    def __init__(self, microsoft: str, people: dict[int, str], chance: random.Random) -> None:
        self.url, self.people, self.chance = f"{microsoft}/sandbox", people, chance
        self.touched: set[str] = set()
        self.strangers: dict[str, str] = {}
        self.http = requests.Session()
        for one in self.all():
            self._mine(one)

    def ask(self, method: str, path: str, json: Any = None, **query: Any) -> Any:
        answer = self.http.request(
            method, f"{self.url}/{path}", json=json, params=query, timeout=30
        )
        if answer.status_code in (400, 403, 404):  # Outlook refuses it: it does not happen.
            return None
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def events(self, upn: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("GET", f"mailboxes/{upn}/events")["value"]
        return found

    def all(self) -> list[dict[str, Any]]:
        return [one for upn in self.people.values() for one in self.events(upn)]

    def move(self, at: datetime) -> bool:
        """Move one that Panel wrote, its length kept."""
        upn, one = self._one(ours=True)
        if one is None:
            return False
        length = _at(one["end"]) - _at(one["start"])
        if one["isAllDay"]:
            at = at.replace(hour=0, minute=0)
        return self._change(upn, one, start=_told(at), end=_told(at + length))

    def stretch(self, at: datetime) -> bool:
        """Give one another shape: all day, or longer."""
        upn, one = self._one(ours=True)
        if one is None:
            return False
        day = at.replace(hour=0, minute=0)
        if self.chance.random() < 0.5:
            times = {"start": _told(day), "end": _told(day + timedelta(days=1))}
            return self._change(upn, one, isAllDay=True, **times)
        more = timedelta(days=1) if one["isAllDay"] else timedelta(minutes=15)
        return self._change(upn, one, end=_told(_at(one["end"]) + more))

    def rename(self, at: datetime) -> bool:
        upn, one = self._one(ours=True)
        return one is not None and self._change(upn, one, subject=f"Mine now {at:%H:%M}")

    def put_elsewhere(self, at: datetime) -> bool:
        """Into another calendar of the same account."""
        upn, one = self._one(ours=True)
        calendars = self.ask("GET", f"mailboxes/{upn}/calendars")["value"] if one else []
        others = [c["id"] for c in calendars if c["canEdit"]]
        return bool(one and others) and self._change(
            upn, one, calendarId=self.chance.choice(others)
        )

    def delete(self, at: datetime) -> bool:
        upn, one = self._one(ours=True)
        if one is None:
            return False
        self.ask("DELETE", self._place(upn, one))
        return True

    def copy(self, at: datetime) -> bool:
        upn, one = self._one(ours=True)
        made = one and self.ask("POST", f"{self._place(upn, one)}/copy", {})
        if made:
            self.touched.add(made["immutableId"])
        return bool(made)

    def add_own(self, at: datetime) -> bool:
        upn = self.chance.choice(list(self.people.values()))
        own = {"subject": "Dentist", "start": _told(at), "end": _told(at + timedelta(minutes=30))}
        self._mine(self.ask("POST", f"mailboxes/{upn}/events", own))
        return True

    def move_own(self, at: datetime) -> bool:
        upn, one = self._one(ours=False)
        times = {"start": _told(at), "end": _told(at + timedelta(minutes=30))}
        return one is not None and self._change(upn, one, **times)

    def delete_own(self, at: datetime) -> bool:
        upn, one = self._one(ours=False)
        if one is None:
            return False
        self.ask("DELETE", self._place(upn, one))
        del self.strangers[one["immutableId"]]
        return True

    def forget_places(self, at: datetime) -> bool:
        """All the links that delta rounds go on from are forgotten."""
        upn = self.chance.choice(list(self.people.values()))
        self.ask("POST", f"mailboxes/{upn}/expire-delta")
        return True

    def _one(self, *, ours: bool) -> tuple[str, dict[str, Any] | None]:
        upn = self.chance.choice(list(self.people.values()))
        found = [
            one
            for one in self.events(upn)
            if (one["transactionId"] if ours else one["subject"] == "Dentist")
        ]
        return upn, self.chance.choice(found) if found else None

    def _change(self, upn: str, one: dict[str, Any], **changes: Any) -> bool:
        changed = self.ask("PATCH", self._place(upn, one), changes)
        if changed and one["transactionId"]:
            self.touched.add(one["immutableId"])
        elif changed:
            self._mine(changed)
        return bool(changed)

    def _mine(self, one: dict[str, Any]) -> None:
        if not one["transactionId"]:
            self.strangers[one["immutableId"]] = one["changeKey"]

    def _place(self, upn: str, one: dict[str, Any]) -> str:
        return f"mailboxes/{upn}/events/{quote(one['immutableId'], safe='')}"


class Program:
    """A program at the API, which remembers everything that was answered with yes."""

    def __init__(self, url: str, token: str, people: list[int], chance: random.Random) -> None:
        self.url, self.people, self.chance = f"{url}/api/v1", people, chance
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Bearer {token}"
        self.booked: set[int] = set()
        self.cancelled: set[int] = set()
        self.offers = self._offers()
        self.answers: Counter[int] = Counter()

    def ask(self, method: str, path: str, json: Any = None, **headers: str) -> Any:
        """What was answered with yes; None where it was no, or nobody answered."""
        try:
            answer = self.http.request(
                method, f"{self.url}/{path}", json=json, headers=headers, timeout=40
            )
        except requests.RequestException:
            self.answers[0] += 1
            return None
        self.answers[answer.status_code] += 1
        return answer.json() if answer.ok else None

    def book(self, at: datetime) -> bool:
        who = self.chance.choice(self.people)
        wish = {
            "service_id": self.chance.choice(self.offers[who]),
            "employee_id": who,
            "starts_at": at.isoformat(),
            "customer": {
                "name": "Lea Roth",
                "email": f"lea{self.chance.randrange(20)}@example.com",
            },
            "status": "approved",
            "anyway": self.chance.random() < 0.3,
        }
        made = self.ask("POST", "appointments", wish)
        if made:
            self.booked.add(made["id"])
        return bool(made)

    def move(self, at: datetime) -> bool:
        one = self._one()
        wish = {"starts_at": at.isoformat(), "anyway": self.chance.random() < 0.5}
        return bool(one and self.ask("PATCH", f"appointments/{one['id']}", wish))

    def hand_on(self, at: datetime) -> bool:
        """Give one to somebody else."""
        one = self._one()
        wish = {"employee_id": self.chance.choice(self.people), "anyway": True}
        return bool(one and self.ask("PATCH", f"appointments/{one['id']}", wish))

    def cancel(self, at: datetime) -> bool:
        one = self._one()
        done = one and self.ask("DELETE", f"appointments/{one['id']}")
        if done:
            self.cancelled.add(one["id"])
        return bool(done)

    def forgotten(self) -> list[str]:
        """What was answered with yes, and is not so in the panel."""
        found = []
        for one in sorted(self.booked):
            if (shown := self.ask("GET", f"appointments/{one}")) is None:
                found.append(f"appointment {one}, which was booked")
            elif one in self.cancelled and shown["status"] != "cancelled":
                found.append(f"the cancelling of appointment {one}")
        return found

    def _one(self) -> dict[str, Any] | None:
        """One of those that this program booked; the latest more often."""
        ids = sorted(self.booked - self.cancelled)[-80:]
        return self.ask("GET", f"appointments/{self.chance.choice(ids)}") if ids else None

    def _offers(self) -> dict[int, list[int]]:
        everybody = requests.get(f"{self.url}/employees", timeout=40).json()["items"]
        return {one["id"]: one["service_ids"] for one in everybody}


def _told(at: datetime) -> dict[str, str]:
    return {"dateTime": f"{at:%Y-%m-%dT%H:%M:%S}", "timeZone": "UTC"}


def _at(told: dict[str, str]) -> datetime:
    return datetime.fromisoformat(told["dateTime"][:19])
