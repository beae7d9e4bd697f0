"""How each kind of mail is worded: as we do, or as the owner changed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from panel.db.base import ask, db, writing
from panel.db.tables import MailTemplate
from panel.domain import texts
from panel.domain.errors import NotThere, RuleBroken
from panel.domain.mail_kind import Kind
from panel.domain.mails import ALWAYS_ON, KINDS, REMINDERS
from panel.domain.people import Actor
from panel.mail.letters import Block, blocks
from panel.services import reminders
from panel.services.mail_rows import Wording, worded

LONGEST = 10_000
_ROWS = select(MailTemplate.__table__)


@dataclass(frozen=True)
class Template:
    """One kind with its wording; `changed` says that the owner has words of their own."""

    kind: Kind
    wording: Wording
    changed: bool
    can_be_off: bool


@dataclass(frozen=True)
class Preview:
    """A mail with made-up people; `refused` says why there is none."""

    title: str
    blocks: list[Block]
    refused: str = ""


def listed(by: Actor) -> list[Template]:
    """Return every kind of mail, in the order of `mails.KINDS`. Raises NotAllowed."""
    by.must_own()
    rows = {row.kind: row for row in ask(_ROWS)}
    return [_template(kind, rows.get(kind.name)) for kind in KINDS.values()]


def one(name: str, *, by: Actor) -> Template:
    """Return one kind of mail. Raises NotAllowed, NotThere."""
    by.must_own()
    return _template(_kind(name), db.session.get(MailTemplate, name))


def save(name: str, typed: Wording, *, by: Actor, now: datetime) -> None:
    """Keep the owner's words; reminders are written or dropped at once.

    Raises RuleBroken for an unknown placeholder, NotAllowed, NotThere.
    """
    by.must_own()
    kind = _kind(name)
    title, text = checked(kind, typed)
    with writing() as session:
        row = session.get(MailTemplate, name) or MailTemplate(kind=name)
        row.title, row.text, row.active = title, text, typed.on or name in ALWAYS_ON
        session.add(row)
        session.flush()
        if name in REMINDERS:
            reminders.settle_all(session, now=now)


def reset(name: str, *, by: Actor, now: datetime) -> None:
    """Take our words again. Raises NotAllowed, NotThere."""
    by.must_own()
    _kind(name)
    with writing() as session:
        row = session.get(MailTemplate, name)
        if row is not None:
            session.delete(row)
            session.flush()
        if name in REMINDERS:
            reminders.settle_all(session, now=now)


def preview(name: str, typed: Wording) -> Preview:
    """Return the mail as it will look, with made-up people."""
    try:
        title, text = filled(_kind(name), typed, texts.SAMPLES)
    except RuleBroken as refused:
        return Preview("", [], str(refused))
    return Preview(title, blocks(text))


def filled(kind: Kind, typed: Wording, values: Mapping[str, str]) -> tuple[str, str]:
    """Return title and text with values in place. Raises RuleBroken."""
    title, text = checked(kind, typed)
    return texts.title(title, values), texts.fill(text, values)


def checked(kind: Kind, typed: Wording) -> tuple[str, str]:
    """Return title and text if they can be used for this kind. Raises RuleBroken."""
    title, text = typed.title.strip(), typed.text.replace("\r\n", "\n").strip()
    if not title:
        raise RuleBroken("Give the mail a title.", "title")
    if len(title) > 300:
        raise RuleBroken("That is too long: at most 300 characters fit here.", "title")
    if not text:
        raise RuleBroken("Write what the mail is to say.", "text")
    if len(text) > LONGEST:
        raise RuleBroken(f"That is too long: at most {LONGEST:,} characters fit here.", "text")
    texts.check(title, kind.placeholders, "title")
    texts.check(text, kind.placeholders, "text")
    return title, text


def _template(kind: Kind, row: MailTemplate | Row[*tuple[Any, ...]] | None) -> Template:
    words = worded(kind, row)
    changed = (words.title, words.text) != (kind.title, kind.text)
    return Template(kind, words, changed, kind.name not in ALWAYS_ON)


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise NotThere("There is no such kind of mail.")
    return KINDS[name]
