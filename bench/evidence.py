"""What both sides hold, gathered to be judged: the panel's tables, and the sandbox's mailboxes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from bench.judging import Entry, Wish
from panel.db.base import db, fresh
from panel.db.tables import (
    Appointment,
    Connection,
    JournalEntry,
    Mirror,
    OutlookSettings,
    Question,
    RemoteCalendarRow,
)
from panel.domain.moments import iso_span
from panel.domain.states import APPROVED, CANCELLED, KINDS
from panel.services.sync.wanted import wanted


def wishes(now: datetime) -> list[Wish]:
    """What should stand in the Outlook of everybody who is connected; needs a context."""
    fresh()
    settings = db.session.get_one(OutlookSettings, 1)
    asked = dict(
        db.session.execute(
            db.select(Question.mirror_id, Question.kind).where(Question.closed_at.is_(None))
        ).all()
    )
    found = [_wish(one, settings, asked, now) for one in db.session.scalars(_mirrors())]
    return found + [_without_copy(one) for one in db.session.scalars(_untied(now))]


def _mirrors() -> Any:
    return (
        db.select(Mirror)
        .join(Connection, Connection.mailbox_id == Mirror.mailbox_id)
        .where(Connection.state == "active")
    )


def _untied(now: datetime) -> Any:
    """Appointments of those who are connected, to come and approved, that nothing was tied to."""
    mirror = db.exists().where(
        Mirror.subject == "appointment",
        Mirror.subject_id == Appointment.id,
        Mirror.employee_id == Appointment.employee_id,
        Mirror.mailbox_id.is_not(None),
    )
    written = db.exists().where(
        Connection.employee_id == Appointment.employee_id,
        Connection.state == "active",
        RemoteCalendarRow.mailbox_id == Connection.mailbox_id,
        RemoteCalendarRow.is_write,
        RemoteCalendarRow.gone_since.is_(None),
    )
    to_come = (Appointment.status == APPROVED, Appointment.ends > now)
    return db.select(Appointment).where(*to_come, ~mirror, written)


def _wish(mirror: Mirror, settings: OutlookSettings, asked: dict[int, str], now: datetime) -> Wish:
    found = wanted(mirror, settings)
    held = mirror.held_deletions_id is not None or mirror.state == "held"
    name = f"{mirror.subject} {mirror.subject_id} of employee {mirror.employee_id}"
    if found.content is None:
        return Wish(name, False, now, now, "", remote_id=mirror.remote_id)
    ends = [found.content.ends, *([mirror.base_end] if mirror.base_end else [])]
    return Wish(
        f"{name} ({mirror.state})",
        found.wanted,
        found.content.starts,
        found.content.ends,
        found.content.title,
        asked="held" if held else asked.get(mirror.id, ""),
        over=min(ends) <= now,
        remote_id=mirror.remote_id,
    )


def _without_copy(one: Appointment) -> Wish:
    return Wish(f"appointment {one.id} without a copy", True, one.starts, one.ends, "")


def entries(raw: Iterable[dict[str, Any]]) -> dict[str, Entry]:
    """The entries of mailboxes as the control API shows them, by the id that never changes."""
    found = [
        Entry(
            one["immutableId"],
            one["subject"],
            _moment(one["start"]),
            _moment(one["end"]),
            one["changeKey"],
            one["transactionId"] or "",
        )
        for one in raw
    ]
    return {one.id: one for one in found}


def _moment(told: dict[str, str]) -> datetime:
    """Zones other than UTC are told by strangers alone, whose time is not compared."""
    return datetime.fromisoformat(told["dateTime"][:19]).replace(tzinfo=UTC)


def without_reason() -> list[str]:
    """The appointments whose time or end the journal does not explain."""
    fresh()
    known: dict[int, list[JournalEntry]] = defaultdict(list)
    of_them = db.select(JournalEntry).filter_by(subject="appointment").order_by(JournalEntry.id)
    for line in db.session.scalars(of_them):
        known[line.subject_id].append(line)
    found = []
    for one in db.session.scalars(db.select(Appointment)):
        lines = known[one.id]
        times = [line.after for line in lines if line.kind in ("booked", "moved")]
        if not times or times[-1] != iso_span(one.starts, one.ends):
            found.append(f"appointment {one.id} stands at {one.starts}: journal has {times[-1:]}")
        if one.status == CANCELLED and KINDS["cancel"] not in {line.kind for line in lines}:
            found.append(f"appointment {one.id} is cancelled, and the journal does not say why")
    return found
