"""The last month in Outlook: what took place before somebody connected, if they wish it there."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from panel.db.tables import Appointment, Mirror, Occurrence
from panel.services import outbox
from panel.services.outbox import Transaction

BACK = timedelta(days=30)
FILL = "fill"


def fill_past(session: Transaction, employee_id: int, now: datetime) -> None:
    """Have what ended within 30 days written too, in the caller's transaction.

    What has a copy already stays as it is.
    """
    outbox.tie_since(session, employee_id, now - BACK)
    for subject, table in (("appointment", Appointment), ("occurrence", Occurrence)):
        ended = select(table.id).where(table.ends > now - BACK, table.ends <= now)
        bare = select(Mirror).where(
            Mirror.employee_id == employee_id,
            Mirror.subject == subject,
            Mirror.subject_id.in_(ended),
            Mirror.state == "none",
        )
        for mirror in session.scalars(bare).all():
            mirror.ruling = FILL
            outbox.raise_desired(session, mirror, now=now)
