"""The studio with Outlook set up at the sandbox, and a browser that goes there and back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from panel.db.base import db, fresh, writing
from panel.db.tables import (
    Connection,
    Employee,
    Mailbox,
    Mirror,
    OutlookSettings,
    RemoteCalendarRow,
    SignIn,
)
from panel.services.integration import SECRET
from panel.services.sealing import seal
from panel.services.sync import due, work
from tests import make
from tests.sandbox_process import CLIENT_ID, CLIENT_SECRET, PASSWORD, Sandbox
from tests.sandbox_signin import Application
from tests.support.pages import Tag
from tests.support.visitor import Page, Visitor
from tests.web.studio import Studio

PROFILE = "/panel/profile/"


class Desk(Studio):
    """Needs an application context and a sandbox; the visitor is nobody yet."""

    def __init__(self, app: Any, visitor: Visitor, sandbox: Sandbox) -> None:
        super().__init__()
        self.visitor, self.sandbox, self.offset = visitor, sandbox, timedelta(0)
        guests = app.extensions["panel"]
        urls = {"login_url": sandbox.url, "graph_url": sandbox.url}
        guests.now = self.now
        guests.outside = self.outside = replace(guests.outside, now=self.now, **urls)
        make.save(
            OutlookSettings(
                id=1, enabled=True, client_id=CLIENT_ID, client_secret=self.sealed(CLIENT_SECRET)
            )
        )

    def sealed(self, secret: str) -> bytes:
        return seal(self.outside.keys, SECRET, {"secret": secret})

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def forward(self, **time: float) -> None:
        self.offset += timedelta(**time)

    def page_of(self, employee: Employee) -> str:
        return f"/admin/employees/{employee.id}/integrations/outlook"

    def enter(self, who: str) -> None:
        """Sign in as somebody, in a session of its own."""
        self.visitor.forget("panel_session")
        self.visitor.sign_in(f"{who}@panel.test")

    def begin(self, path: str = PROFILE, button: str = "Connect") -> str:
        """Press Connect; return Microsoft's address."""
        self.visitor.get(path)
        return self.visitor.submit(button, within="Outlook Calendar").leads_to

    def microsoft(self, address: str, upn: str, *, approve: bool = True) -> dict[str, str]:
        """Sign in there, and approve or decline; return what the browser is sent back with."""
        asked = dict(parse_qsl(urlsplit(address).query))
        tenant = urlsplit(address).path.split("/")[1]
        there = Application(self.sandbox.url, tenant)
        page = there.press(there.ask(**asked), login=upn, passwd=PASSWORD)
        if 'value="accept"' in page.text:
            page = there.press(page, button=0 if approve else 1)
        return page.back

    def come_back(self, back: dict[str, str]) -> Page:
        return self.visitor.get("/outlook/callback", **back)

    def connect(self, upn: str = "anna@contoso.test", path: str = PROFILE) -> Page:
        return self.come_back(self.microsoft(self.begin(path), upn))

    def card(self, path: str = PROFILE) -> Tag:
        return self.visitor.get(path).region("Outlook Calendar")

    def settings(self, **changes: Any) -> None:
        self._change(OutlookSettings, changes)

    def connection(self, **changes: Any) -> None:
        self._change(Connection, changes)

    def mailbox(self, **changes: Any) -> None:
        self._change(Mailbox, changes)

    def calendars(self, **changes: Any) -> None:
        self._change(RemoteCalendarRow, changes)

    def mirror(self, **changes: Any) -> None:
        self._change(Mirror, changes)

    def all(self, table: Any) -> list[Any]:
        """The rows of a table as they are now, in order."""
        fresh()
        return list(db.session.scalars(db.select(table).order_by(table.id)))

    def sign_ins(self) -> list[SignIn]:
        """The sign-ins that were begun."""
        return self.all(SignIn)

    def change_one(self, table: Any, number: int, **changes: Any) -> None:
        """Change one row of a table; the first is number 0."""
        with writing() as session:
            row = session.scalars(db.select(table).order_by(table.id)).all()[number]
            for name, value in changes.items():
                setattr(row, name, value)

    def microsoft_after(self, page: Page, upn: str) -> Page:
        """Go on at Microsoft from a page that leads there, and come back."""
        return self.come_back(self.microsoft(page.leads_to, upn))

    def _change(self, table: Any, changes: dict[str, Any]) -> None:
        with writing() as session:
            for row in session.scalars(db.select(table)):
                for name, value in changes.items():
                    setattr(row, name, value)

    def sync(self) -> None:
        """One pass of the clockwork over every mailbox."""
        fresh()
        due.make_all_due(self.now())
        for mailbox_id in due.due_mailboxes(self.now()):
            work.see_to(mailbox_id, self.outside)
