"""An application that signs people in at the sandbox, with plain requests and plain forms."""

import base64
import hashlib
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import requests

from tests.sandbox_process import CLIENT_ID, CLIENT_SECRET, PASSWORD

REDIRECT = "http://127.0.0.1:5000/outlook/callback"
SCOPE = (
    "openid profile email offline_access "
    "https://graph.microsoft.com/User.Read https://graph.microsoft.com/Calendars.ReadWrite"
)
VERIFIER = "v" * 50


def challenge(verifier: str = VERIFIER) -> str:
    """The S256 challenge of a verifier."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.action, self.fields, self.buttons, self.title = "", {}, [], ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = told.get("action", "")
        elif tag == "input":
            self.fields[told.get("name", "")] = told.get("value", "")
        elif tag == "button":
            self.buttons.append((told.get("name", ""), told.get("value", "")))


@dataclass
class Page:
    """Where a browser stands: a page of the sandbox, or on the way back to the application."""

    answer: requests.Response
    forms: _Forms = field(default_factory=_Forms)

    def __post_init__(self) -> None:
        self.forms.feed(self.answer.text)

    @property
    def text(self) -> str:
        return self.answer.text

    @property
    def back(self) -> dict[str, str]:
        """The parameters that the application gets, empty while on a page."""
        parts = urlsplit(self.answer.headers.get("Location", ""))
        return {name: value[0] for name, value in parse_qs(parts.query or parts.fragment).items()}


class Application:
    """A registered application and the browser in front of it."""

    def __init__(self, url: str, tenant: str = "common") -> None:
        self.base = f"{url}/{tenant}/oauth2/v2.0"
        self.browser = requests.Session()
        self.browser.trust_env = False

    def ask(self, **more: str) -> Page:
        """Open the authorize address; a parameter given as "" is left out."""
        usual = {
            "client_id": CLIENT_ID,
            "response_type": "code",
            "redirect_uri": REDIRECT,
            "scope": SCOPE,
            "state": "st4te",
            "nonce": "n0nce",
            "code_challenge": challenge(),
            "code_challenge_method": "S256",
        }
        query = urlencode({name: value for name, value in {**usual, **more}.items() if value})
        return self.open("GET", f"{self.base}/authorize?{query}")

    def press(self, page: Page, button: int = 0, **typed: str) -> Page:
        """Send the page's form with its n-th submit button."""
        name, value = page.forms.buttons[button]
        fields = {**page.forms.fields, **typed, name: value}
        return self.open("POST", urljoin(page.answer.url, page.forms.action), data=fields)

    def open(self, method: str, url: str, data: Any = None) -> Page:
        """Open any address, without following it on."""
        return Page(self.browser.request(method, url, data=data, allow_redirects=False, timeout=30))

    def sign_in(self, upn: str, **more: str) -> Page:
        """Through the account form and, where it is asked for, consent."""
        page = self.press(self.ask(**more), login=upn, passwd=PASSWORD)
        return self.press(page) if 'value="accept"' in page.text else page

    def token(self, **form: str) -> requests.Response:
        """One request at the token endpoint; a field given as "" is left out."""
        usual = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
        fields = {name: value for name, value in {**usual, **form}.items() if value}
        return self.browser.post(f"{self.base}/token", data=fields, timeout=30)

    def redeem(self, code: str, **more: str) -> requests.Response:
        """Turn a code into tokens."""
        usual = {"redirect_uri": REDIRECT, "code_verifier": VERIFIER}
        return self.token(grant_type="authorization_code", code=code, **{**usual, **more})

    def refresh(self, token: str, **more: str) -> requests.Response:
        """Turn a refresh token into new tokens."""
        fields = {"scope": SCOPE, **more}
        return self.token(grant_type="refresh_token", refresh_token=token, **fields)

    def tokens(self, upn: str, **more: str) -> dict[str, Any]:
        """Sign somebody in and give the answer of the token endpoint."""
        answer = self.redeem(self.sign_in(upn, **more).back["code"])
        answer.raise_for_status()
        return answer.json()
