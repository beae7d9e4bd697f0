"""The same requests for clients that bring only a signed-in `requests` session of their own."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import requests

from tests.clients.walk import END, START, URL, WINDOW, Round

GRAPH = f"{URL}/v1.0"
FIRST = f"{GRAPH}/me/calendarView/delta?{urlencode(WINDOW)}"
SMALL = {"Prefer": "odata.maxpagesize=2"}


class GraphJson:
    """Graph in plain JSON over a session that adds the access token."""

    def __init__(self, http: requests.Session) -> None:
        self.http = http

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        """One request. Raises requests.HTTPError for a refusal."""
        url = path if path.startswith(URL) else GRAPH + path
        answer = self.http.request(method, url, timeout=30, **more)
        answer.raise_for_status()
        return answer

    def me(self) -> str:
        return self.ask("GET", "/me").json()["userPrincipalName"]

    def create(self, subject: str) -> str:
        start, end = ({"dateTime": moment, "timeZone": "UTC"} for moment in (START, END))
        event = {"subject": subject, "start": start, "end": end}
        return self.ask("POST", "/me/events", json=event).json()["id"]

    def change(self, event: str, subject: str) -> None:
        self.ask("PATCH", f"/me/events/{event}", json={"subject": subject})

    def read(self, event: str) -> str | None:
        try:
            return self.ask("GET", f"/me/events/{event}").json()["subject"]
        except requests.HTTPError as refused:
            if refused.response.status_code == 404:
                return None
            raise

    def delta(self, link: str) -> tuple[Round, str]:
        return whole_round(self.page, link)

    def page(self, link: str) -> dict[str, Any]:
        return self.ask("GET", link or FIRST, headers=SMALL).json()

    def delete(self, event: str) -> None:
        self.ask("DELETE", f"/me/events/{event}")


def whole_round(page: Callable[[str], dict[str, Any]], link: str) -> tuple[Round, str]:
    """Follow the pages from this link, the first where it is empty, to the next round's."""
    told = page(link)
    found = changes(told)
    while onward := told.get("@odata.nextLink"):
        told = page(onward)
        found |= changes(told)
    return found, told["@odata.deltaLink"]


def changes(told: dict[str, Any]) -> Round:
    """The events of one page."""
    return {one["id"]: None if "@removed" in one else one["subject"] for one in told["value"]}
