"""How the sync behaves: the options of the General tab. Only the owner may change them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from panel.db.base import writing
from panel.db.tables import Employee, Event, Mirror, Occurrence, OutlookSettings, event_staff
from panel.domain import texts
from panel.domain.errors import PanelError, RuleBroken
from panel.domain.people import Actor
from panel.services import outbox
from panel.services.integration import settings

Transaction = scoped_session[Session]
KINDS = {
    "busy": "Busy",
    "tentative": "Tentative",
    "oof": "Out of office",
    "workingElsewhere": "Working elsewhere",
}
ON_MOVE = {"move": "Move it if allowed", "ask": "Ask first", "back": "Put it back"}
ON_DELETE = {
    "ask": "Ask first",
    "cancel": "Cancel it and tell the customer",
    "back": "Put it back",
}
# How long it can be kept before it is cancelled, in minutes.
GRACES = {5: "5 minutes", 15: "15 minutes", 30: "30 minutes", 60: "1 hour", 240: "4 hours"}
# Each text with the placeholders it knows.
TEMPLATES = {
    "appointment_title": texts.APPOINTMENT,
    "appointment_text": texts.APPOINTMENT,
    "event_title": texts.EVENT,
    "event_text": texts.EVENT,
}
# What changes how entries look: of appointments, of events, or of both.
APPOINTMENTS, EVENTS = frozenset({"appointment"}), frozenset({"occurrence"})
SHOWN = {
    "appointment_title": APPOINTMENTS,
    "appointment_text": APPOINTMENTS,
    "include_buffers": APPOINTMENTS,
    "customer_in_body": APPOINTMENTS | EVENTS,
    "invite_customers": APPOINTMENTS | EVENTS,
    "show_attendees": APPOINTMENTS | EVENTS,
    "event_title": EVENTS,
    "event_text": EVENTS,
}


@dataclass(frozen=True)
class Options:
    """Everything on the General tab, by the names of the settings."""

    insert_pending: bool
    block_busy: bool
    blocking_kinds: list[str]
    block_all_day: bool
    include_buffers: bool
    customer_in_body: bool
    appointment_title: str
    appointment_text: str
    event_title: str
    event_text: str
    on_move: str
    tell_moved: bool
    on_delete: str
    grace_minutes: int
    add_staff: bool
    invite_customers: bool
    show_attendees: bool
    teams_meeting: bool
    show_titles: bool


def refusals(typed: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with each template, by its name."""
    found = {}
    for name, allowed in TEMPLATES.items():
        try:
            texts.check(typed.get(name, ""), allowed, name)
        except PanelError as refused:
            found[name] = str(refused)
    return found


def save(typed: Options, *, by: Actor, now: datetime) -> int:
    """Keep the options; return how many entries in Outlook are brought up to date.

    Raises NotAllowed, RuleBroken.
    """
    by.must_own()
    _check(typed)
    with writing() as session:
        row = session.get(OutlookSettings, 1) or settings()
        session.add(row)
        changed = {name for name, value in asdict(typed).items() if getattr(row, name) != value}
        for name in changed:
            setattr(row, name, getattr(typed, name))
        session.flush()
        return _raise(session, changed, now)


def _check(typed: Options) -> None:
    for name, allowed in TEMPLATES.items():
        texts.check(getattr(typed, name), allowed, name)
    for name in ("appointment_title", "event_title"):
        if not getattr(typed, name).strip():
            raise RuleBroken("Give the entries a title.", name)
        if len(getattr(typed, name)) > 200:
            raise RuleBroken("Take at most 200 characters.", name)
    known = (
        typed.on_move in ON_MOVE,
        typed.on_delete in ON_DELETE,
        typed.grace_minutes in GRACES,
    )
    if not all(known) or not set(typed.blocking_kinds) <= KINDS.keys():
        raise RuleBroken("Choose from the list.")


def _raise(session: Transaction, changed: set[str], now: datetime) -> int:
    count = 0
    subjects = frozenset[str]().union(*(SHOWN[name] for name in changed & SHOWN.keys()))
    if subjects:
        count += outbox.raise_all(session, subjects, now=now)
    if "insert_pending" in changed:
        follow = select(Employee.id).where(Employee.insert_pending.is_(None))
        count += outbox.raise_pending(session, list(session.scalars(follow)), now=now)
    if "add_staff" in changed:
        count += _raise_staffed(session, now)
    return count


def _raise_staffed(session: Transaction, now: datetime) -> int:
    """Every upcoming date of an event that somebody helps with."""
    staffed = select(event_staff.c.event_id)
    dates = (
        select(Occurrence.id)
        .join(Event)
        .where(Event.id.in_(staffed), Event.status == "open", Occurrence.ends > now)
    )
    found = list(session.scalars(dates))
    for occurrence_id in found:
        outbox.changed(session, "occurrence", occurrence_id, now=now)
    copies = select(func.count()).where(
        Mirror.subject == "occurrence", Mirror.subject_id.in_(found), Mirror.mailbox_id.is_not(None)
    )
    return session.scalar(copies) or 0
