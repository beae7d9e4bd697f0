"""The mail server: which one it is, how it is, and trying it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from panel.db.base import ask, db, engine_name, fixed, fresh, reading, writing
from panel.db.tables import Mail, MailSettings
from panel.domain.errors import MailServerWrong, PanelError, RuleBroken
from panel.domain.people import Actor
from panel.domain.words import address, line, whole
from panel.mail import letters, messages
from panel.mail.server import SECURITY, Server, line_to
from panel.services.mail_facts import company_of
from panel.services.mail_outside import MailOutside
from panel.services.outbox import POST, Transaction, wake
from panel.services.sealing import seal, unseal

PASSWORD = "mail password"  # noqa: S105
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.:_-]{0,251}[A-Za-z0-9])?")
_USUAL: dict[str, Any] = {
    "host": "", "port": 587, "security": "starttls", "username": "", "from_address": "",
    "from_name": "",
}  # fmt: skip
# After a failure the server is left alone as long as it has failed already, within these.
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=1)


class _How(NamedTuple):
    """Of the settings, what tells how it stands; nothing where none are stored."""

    host: str | None
    from_address: str | None
    sent_at: datetime | None
    failed_at: datetime | None
    failure: str | None
    wait_until: datetime | None


# Built once, and one statement for both, because the first page asks: how many mails wait,
# and the settings if there are any.
_MAIL, _SETTINGS = Mail.__table__.c, MailSettings.__table__.c
_DUE = select(func.count(_MAIL.id)).where(
    _MAIL.status == fixed("waiting"), _MAIL.due_at <= bindparam("now")
)
_COUNT = select(_DUE.scalar_subquery().label("waiting")).subquery()
_HOW = select(_COUNT.c.waiting, *(_SETTINGS[name] for name in _How._fields)).outerjoin(
    MailSettings.__table__, _SETTINGS.id == 1
)


class Kept(NamedTuple):
    """What the owner stored, or our defaults; of the password only whether there is one."""

    host: str
    port: int
    security: str
    username: str
    from_address: str
    from_name: str
    has_password: bool


_KEPT = select(
    *(_SETTINGS[name] for name in Kept._fields[:-1]), _SETTINGS.password.is_not(None)
).where(_SETTINGS.id == 1)


@dataclass(frozen=True)
class Setup:
    """What the owner typed. An empty `password` keeps the stored one."""

    host: str
    port: int
    security: str
    username: str
    password: str
    from_address: str
    from_name: str


@dataclass(frozen=True)
class State:
    """How it stands with the mails. `failing` says that none goes out at this moment.

    `server` names where they are handed in, or "" where no server is set up; `named` says
    that the environment does it.
    """

    server: str
    named: bool
    waiting: int
    sent_at: datetime | None
    failed_at: datetime | None
    failure: str | None
    wait_until: datetime | None

    @property
    def failing(self) -> bool:
        return _is_failing(self)


def kept(by: Actor) -> Kept:
    """Return the settings as the owner stored them. Raises NotAllowed."""
    by.must_own()
    row = ask(_KEPT).one_or_none()
    return Kept._make(row) if row else Kept(**_USUAL, has_password=False)


def server(outside: MailOutside) -> Server | None:
    """Return the mail server: the environment's, else the owner's, else none."""
    row = _stored()
    if outside.server is not None:
        return outside.server
    if not (row.host and row.from_address):
        return None
    password = ""
    if row.password:
        password = str(unseal(outside.keys, PASSWORD, row.password)["password"])
    return Server(
        row.host, row.port, row.security, row.username, password, row.from_address, row.from_name
    )


def is_set_up(outside: MailOutside) -> bool:
    """Say whether mails can go out; while they cannot, they wait."""
    row = _stored()
    return outside.server is not None or bool(row.host and row.from_address)


def goes_out(outside: MailOutside) -> bool:
    """Say whether what must not wait can be left to the post: the server took the last mail."""
    return is_set_up(outside) and not _is_failing(_stored())


def state(outside: MailOutside, *, now: datetime) -> State:
    """Return how it stands with the mails; reminders that are not due do not wait."""
    waiting, *found = ask(_HOW, now=now).one()
    kept = _How(*found)
    host = kept.host if kept.from_address else ""
    return State(
        outside.server.host if outside.server else host or "", outside.server is not None, waiting,
        kept.sent_at, kept.failed_at, kept.failure, kept.wait_until,
    )  # fmt: skip


def save(typed: Setup, *, by: Actor, outside: MailOutside) -> None:
    """Keep the mail server; what waits is tried at once. Raises RuleBroken, NotAllowed."""
    by.must_own()
    values = _checked(typed)
    with writing() as session:
        row = _row(session)
        for name, value in values.items():
            setattr(row, name, value)
        if typed.password:
            row.password = seal(outside.keys, PASSWORD, {"password": typed.password})
        if not row.username:
            row.password = None
        row.failed_at = row.failure = row.wait_until = None
        wake(session, POST)


def send_test(
    title: str, text: str, *, to: str, by: Actor, outside: MailOutside, now: datetime
) -> None:
    """Send the owner a mail now. Raises RuleBroken, or why the server did not take it."""
    by.must_own()
    to = address(to)
    chosen = server(outside)
    if chosen is None:
        raise RuleBroken("Store a mail server first.", "host")
    business = company_of(reading())
    look = letters.Look(business.name, business.accent)
    fresh()
    letter = messages.Letter(
        to, by.name, title, text, letters.html(title, text, look),
        messages.new_id(chosen.from_address),
    )  # fmt: skip
    try:
        hand_in(chosen, letter, outside, now)
    except MailServerWrong as wrong:
        note_failure(wrong, now=now)
        raise
    with writing() as session:
        note_success_in(session, now=now)
        wake(session, POST)


def hand_in(chosen: Server, letter: messages.Letter, outside: MailOutside, now: datetime) -> None:
    """Send one letter on a line of its own. Raises what the server answers."""
    message = messages.build(
        letter, from_address=chosen.from_address, from_name=chosen.from_name, now=now
    )
    with line_to(chosen, patience=outside.patience) as open_line:
        open_line.send(message)


def note_success_in(session: Transaction, *, now: datetime) -> None:
    """Remember in the caller's transaction that a mail went out."""
    row = _row(session)
    row.sent_at, row.wait_until = now, None


def note_failure(error: PanelError, *, now: datetime) -> None:
    """Remember why no mail goes out, and leave the server alone for a while."""
    with writing() as session:
        row = _row(session)
        if not _is_failing(row):
            row.failed_at = now
        assert row.failed_at is not None
        row.failure = str(error)[:300]
        row.wait_until = now + min(max(now - row.failed_at, SHORTEST), LONGEST)


def is_paused(now: datetime) -> bool:
    """Say whether the server is left alone at this moment."""
    until = _stored().wait_until
    return until is not None and until > now


def _is_failing(row: MailSettings | State) -> bool:
    return row.failed_at is not None and (row.sent_at is None or row.sent_at < row.failed_at)


def _stored() -> MailSettings:
    return db.session.get(MailSettings, 1) or _blank()


def _row(session: Transaction) -> MailSettings:
    row: MailSettings | None = session.get(MailSettings, 1)
    if row is None:
        # Two workers may both be the first to send something.
        dialect = sqlite if engine_name() == "sqlite" else postgresql
        session.execute(
            dialect.insert(MailSettings).values(id=1, **_USUAL).on_conflict_do_nothing()
        )
        row = session.get_one(MailSettings, 1)
    return row


def _blank() -> MailSettings:
    return MailSettings(id=1, **_USUAL)


def _checked(typed: Setup) -> Mapping[str, object]:
    host = typed.host.strip()
    if host and not HOST.fullmatch(host):
        raise RuleBroken("Write the name of the server like smtp.example.com.", "host")
    if typed.security not in SECURITY:
        raise RuleBroken("Choose how the way to the server is kept safe.", "security")
    username = line(typed.username, "username", "a user name", most=254, needed=False)
    try:
        sender = address(typed.from_address, needed=bool(host))
    except RuleBroken as wrong:
        raise RuleBroken(str(wrong), "from_address") from wrong
    return {
        "host": host,
        "port": whole(typed.port, "port", least=1, most=65535, unit="port numbers"),
        "security": typed.security,
        "username": username,
        "from_address": sender,
        "from_name": line(typed.from_name, "from_name", "a name", needed=False),
    }
