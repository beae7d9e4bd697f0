"""How people come in and leave: sign-ins at the sandbox, and what is kept of them."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from panel.db.base import db, fresh
from panel.db.tables import Connection, Credential, SignIn
from panel.domain.people import Actor
from panel.domain.remote import TokenSet
from panel.services import confirming, connecting, connections
from panel.services.outside import Outside
from panel.services.sync.tokens import opened
from tests.sandbox_process import Sandbox
from tests.sandbox_signin import Application

REDIRECT = "http://127.0.0.1:8000/outlook/callback"


class Door:
    """The part of an office where accounts are linked."""

    sandbox: Sandbox
    outside: Outside
    me: Actor
    upn: str
    anna: SimpleNamespace

    def now(self) -> datetime:
        raise NotImplementedError

    def connect(self, upn: str = "", *, backfill: bool = False, **who: Any) -> connecting.Return:
        """Press Connect, sign in at the sandbox, approve, and come back."""
        return self.finish(self.approved(upn, backfill=backfill, **who), **who)

    def approved(
        self,
        upn: str = "",
        *,
        by: Actor | None = None,
        employee: int | None = None,
        backfill: bool = False,
    ) -> dict[str, str]:
        """Press Connect, sign in and approve; return what the browser comes back with."""
        url = connecting.begin(
            employee or self.anna.id, by=by or self.me, session_key="browser", page="profile",
            redirect_uri=REDIRECT, outside=self.outside, backfill=backfill,
        )  # fmt: skip
        asked = dict(parse_qsl(urlsplit(url).query))
        page = Application(self.sandbox.url).sign_in(upn or self.upn, **asked)
        fresh()
        return page.back

    def finish(
        self,
        back: dict[str, str],
        *,
        by: Actor | None = None,
        session_key: str = "browser",
        employee: int | None = None,
    ) -> connecting.Return:
        """Come back; of whose employee it was, the sign-in itself knows."""
        who = by or self.me
        return connecting.finish(back, by=who, session_key=session_key, outside=self.outside)

    def confirm(self, sign_in_id: int | None, *, by: Actor | None = None) -> str:
        return confirming.confirm(sign_in_id or 0, by=by or self.me, outside=self.outside)

    def decline(self, sign_in_id: int | None) -> None:
        confirming.decline(sign_in_id or 0, by=self.me, outside=self.outside)

    def disconnect(self, *, remove: bool = False) -> int:
        fresh()
        return connections.disconnect(self.anna.id, remove=remove, by=self.me, outside=self.outside)

    def put_back_held(self) -> int:
        return connections.put_back_held(self.anna.id, by=self.me, now=self.now())

    def another_account(self) -> str:
        upn = f"second.{self.upn}"
        self.sandbox.add_mailbox(upn, name="Anna Privately")
        return upn

    def connection(self) -> Connection | None:
        fresh()
        return connections.linked(self.anna.id)

    def tokens(self) -> TokenSet:
        fresh()
        return opened(self.outside, db.session.scalars(db.select(Credential)).one())

    def waiting_sign_ins(self) -> int:
        fresh()
        kept = db.select(SignIn).where(SignIn.waiting.is_not(None))
        return len(db.session.scalars(kept).all())
