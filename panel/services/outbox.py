"""The outbox: what must be made equal in Outlook, written with the change itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session, scoped_session

Transaction = scoped_session[Session]


def changed(session: Transaction, subject: str, subject_id: int, *, now: datetime) -> None:
    """Say in the caller's transaction that an appointment or occurrence has changed.

    `subject` is "appointment" or "occurrence". Every person who has, or should have, a copy
    gets a row; the content is worked out when it is sent. Flush the change before.
    """
