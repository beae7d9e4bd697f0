"""A visitor without JavaScript, who looks hard at every page they are served."""

from contextvars import Context
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from tests.support.forms import Form
from tests.support.pages import Tag, faults_of, label_of, read

HOME = "http://127.0.0.1:8000"


class Page:
    """What came back: where one landed, what it says, what can be sent from it."""

    def __init__(self, answer: TestResponse, url: str) -> None:
        self.status = answer.status_code
        self.headers = answer.headers
        self.url = url
        self.path = urlsplit(url).path
        self.html = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        self.tree = read(self.html)
        # What is handed out to be kept, as a table or a picture.
        self.file = b"" if self.html else answer.get_data()
        self.json = answer.get_json(silent=True)
        # Where it leads outside the panel, as to Microsoft's sign-in; "" if nowhere.
        self.leads_to = answer.headers.get("Location", "")

    @property
    def text(self) -> str:
        return self.tree.text

    @property
    def heading(self) -> str:
        return next((tag.text for tag in self.tree.all("h1")), "")

    def all(self, *names: str) -> list[Tag]:
        return self.tree.all(*names)

    def region(self, label: str) -> Tag:
        """Return the element with this accessible name, such as a card."""
        return next(t for t in self.tree.walk() if t.attrs.get("aria-label") == label)

    def buttons(self) -> list[str]:
        return [label_of(tag, self.tree) for tag in self.tree.all("button")]

    def form(self, button: str, within: Tag | None = None) -> Form:
        """Return the form that the button of this name sends."""
        for tag in (within or self.tree).all("button"):
            if label_of(tag, self.tree) == button:
                return Form(self._form_of(tag), self.tree, tag)
        raise AssertionError(f"no button {button!r} on {self.path}, only {self.buttons()}")

    def _form_of(self, tag: Tag) -> Tag:
        if "form" in tag.attrs:
            return next(f for f in self.all("form") if f.attrs.get("id") == tag.attrs["form"])
        return next(f for f in self.all("form") if any(tag is inner for inner in f.walk()))


class Visitor:
    """Somebody in front of the panel. Keeps cookies; follows redirects within the panel."""

    def __init__(self, app: Flask, home: str = HOME) -> None:
        self._client = app.test_client()
        self.home = home
        self._page: Page | None = None
        self._ahead = ""

    @property
    def page(self) -> Page | None:
        """The page seen last."""
        if self._ahead:
            self.open(self._ahead)
        return self._page

    @page.setter
    def page(self, page: Page) -> None:
        self._page, self._ahead = page, ""

    def get(self, path: str, **query: Any) -> Page:
        return self.open(path, query_string=query or None)

    def post(self, path: str, data: dict[str, Any] | None = None) -> Page:
        """Send what was not typed into a form; the page seen last lends its CSRF token."""
        token = {"csrf_token": self.token()} if self.page and self.token() else {}
        return self.open(path, method="POST", data={**token, **(data or {})})

    def submit(
        self,
        button: str,
        typed: dict[str, Any] | None = None,
        within: str = "",
        *,
        follow: bool = True,
    ) -> Page:
        """Press a button of the page seen last, after typing into its form."""
        assert self.page is not None, "no page has been opened yet"
        place = self.page.region(within) if within else None
        form = self.page.form(button, place)
        pairs: dict[str, list[str]] = {}
        for name, value in form.data(typed or {}):
            pairs.setdefault(name, []).append(value)
        where = urljoin(self.page.url, form.action or self.page.url)
        if form.method == "GET":
            return self.open(urlsplit(where).path, query_string=pairs)
        return self.open(where, follow=follow, method="POST", data=pairs)

    def sign_in(self, email: str, password: str = "demo") -> Page:
        """Try to sign in; return the page that one lands on."""
        self.get("/sign-in")
        return self.submit("Sign in", {"Email": email, "Password": password})

    def enter(self, email: str) -> None:
        """Sign in, and look at the page that one lands on only if nothing else is opened."""
        self.get("/sign-in")
        self.submit("Sign in", {"Email": email, "Password": "demo"}, follow=False)
        assert self._page and self._page.leads_to, f"{email} could not sign in"
        self._ahead = urljoin(self._page.url, self._page.leads_to)

    def raw(self, path: str) -> str:
        """Return what lies at an address that is no page."""
        answer = Context().run(self._client.get, path, base_url=self.home, buffered=True)
        return str(answer.get_data(as_text=True))

    def forget(self, cookie: str) -> None:
        """Lose a cookie, as a browser that is closed loses its session."""
        self._client.delete_cookie(cookie, domain=urlsplit(self.home).hostname or "")

    def cookie(self, name: str) -> Any:
        """Return a cookie that this visitor holds."""
        return self._client.get_cookie(name, domain=urlsplit(self.home).hostname or "")

    def token(self) -> str:
        found = (t for t in self.page.all("input") if t.attrs.get("name") == "csrf_token")
        return next((tag.attrs["value"] for tag in found), "")

    def open(self, path: str, *, follow: bool = True, **how: Any) -> Page:
        self._ahead = ""
        url = urljoin(self.home, path)
        if asked := how.pop("query_string", None):
            url += f"{'&' if '?' in url else '?'}{urlencode(asked, doseq=True)}"
        page = self._ask(url, **how)
        for _ in range(10 if follow else 0):
            to = urljoin(url, page.leads_to) if page.status in (301, 302, 303, 307, 308) else ""
            if not to or urlsplit(to).netloc != urlsplit(self.home).netloc:
                break
            url = to
            page = self._ask(url)
        self.page = page
        return page

    def _ask(self, url: str, **how: Any) -> Page:
        # An empty context: the test's own application context must not be taken for the
        # request's, or the user and the session of one request would leak into the next.
        parts = urlsplit(url)
        base = f"{parts.scheme}://{parts.netloc}"
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        # Read to its end in there too: a long table is written while it is sent.
        how.setdefault("buffered", True)
        answer = Context().run(self._client.open, path, base_url=base, **how)
        page = Page(answer, url)
        found = faults_of(page.tree) if page.html else []
        assert found == [], (url, found)
        return page
