"""How appointments stand in Outlook, as programs are told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from panel.db.base import db
from panel.db.tables import Appointment, Connection, Mirror, Question
from panel.domain.questions import FOLLOWED
from panel.services.copies import word

NOT_CONNECTED = "not_connected"


@dataclass(frozen=True)
class Report:
    """One appointment in its employee's Outlook.

    `state` is not_connected, or what `copies.word` says; None where nothing of it belongs
    there, as with what is cancelled. `event_id` is Microsoft's, once it is known.
    """

    state: str | None
    confirmed_at: datetime | None = None
    event_id: str | None = None


def reports(appointments: Collection[Appointment]) -> dict[int, Report]:
    """Return a report for each appointment, by id."""
    linked = set(db.session.scalars(_linked({one.employee_id for one in appointments})))
    rows = db.session.execute(_mirrors({one.id for one in appointments}))
    copies = {(row.subject_id, row.employee_id): row for row in rows}
    return {
        one.id: _report(one.employee_id in linked, copies.get((one.id, one.employee_id)))
        for one in appointments
    }


def _report(linked: bool, copy: Row[Any] | None) -> Report:
    if not linked:
        return Report(NOT_CONNECTED)
    if copy is None:
        return Report(None)
    said = word(copy.state, copy.mailbox_id, copy.desired, copy.confirmed, copy.question)
    return Report(said or None, copy.confirmed_at, copy.remote_id) if said else Report(None)


def _linked(employee_ids: Collection[int]) -> Any:
    return select(Connection.employee_id).where(
        Connection.employee_id.in_(employee_ids), Connection.state == "active"
    )


def _mirrors(appointment_ids: Collection[int]) -> Any:
    asks = Question.closed_at.is_(None) & (Question.kind != FOLLOWED)
    return (
        select(
            Mirror.subject_id, Mirror.employee_id, Mirror.mailbox_id, Mirror.state,
            Mirror.desired, Mirror.confirmed, Mirror.confirmed_at, Mirror.remote_id,
            func.coalesce(Question.id, Mirror.held_deletions_id).label("question"),
        )
        .outerjoin(Question, (Question.mirror_id == Mirror.id) & asks)
        .where(Mirror.subject == "appointment", Mirror.subject_id.in_(appointment_ids))
    )  # fmt: skip
