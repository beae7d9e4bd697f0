"""Somebody in front of a browser: signs in, presses buttons, reads pages."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import requests


class _Forms(HTMLParser):
    """Every form of a page with its fields and its first button, which is the one pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({"action": told.get("action", ""), "fields": {}, "ready": False})
        elif tag == "input" and self.forms and "name" in told:
            if told.get("type") not in ("checkbox", "radio") or "checked" in told:
                self.forms[-1]["fields"][told["name"]] = told.get("value", "")
        elif tag == "button" and self.forms and not self.forms[-1]["ready"]:
            self.forms[-1]["ready"] = True
            if "name" in told:
                self.forms[-1]["fields"][told["name"]] = told.get("value", "")


class Person:
    """A browser session at one address."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = requests.Session()
        self.http.trust_env = False

    def get(self, path: str) -> requests.Response:
        answer = self.http.get(urljoin(self.url, path), timeout=60)
        answer.raise_for_status()
        return answer

    def press(self, page: requests.Response, action: str, **typed: str) -> requests.Response:
        """Send the first form of the page whose address contains `action`."""
        found = _Forms()
        found.feed(page.text)
        form = next(one for one in found.forms if action in urljoin(page.url, one["action"]))
        fields = {**form["fields"], **typed}
        answer = self.http.post(urljoin(page.url, form["action"]), data=fields, timeout=60)
        answer.raise_for_status()
        return answer

    def sign_in(self, email: str, password: str = "demo") -> None:
        self.press(self.get("/sign-in"), "/sign-in", email=email, password=password)

    def connect(self, upn: str) -> None:
        """Press Connect on My Profile, sign in at the sandbox and approve."""
        page = self.press(self.get("/panel/profile"), "connect")
        page = self.press(page, "", login=upn, passwd="Passw0rd!")
        if not page.url.startswith(self.url):
            self.press(page, "")
