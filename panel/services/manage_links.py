"""The link in a customer's mail: whoever has it may see, move and cancel that one booking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import Select, func, or_, select

from panel.db.base import db
from panel.db.tables import Appointment, Attendance, Booking, Occurrence
from panel.domain.errors import NotThere

SALT = "panel manage link"
LASTS = timedelta(days=30)
GONE = "This link is not valid any more. Call us, or write to us, if you want to change a booking."


@dataclass(frozen=True)
class Managed:
    """What a link is for: `subject` is booking or attendance."""

    subject: str
    id: int


def sign(subject: str, id: int, *, secret: str) -> str:
    """Return the last part of the address for a booking or an attendance."""
    return str(_serializer(secret).dumps([subject, id]))


def address(subject: str, id: int, *, public_url: str, secret: str) -> str:
    """Return the whole address of the page for a booking or an attendance."""
    return f"{public_url}/book/manage/{sign(subject, id, secret=secret)}"


def read(token: str, *, secret: str, now: datetime) -> Managed:
    """Say what a link is for; valid until 30 days after the end. Raises NotThere."""
    try:
        subject, id = _serializer(secret).loads(token)
    except (BadSignature, ValueError, TypeError) as error:
        raise NotThere(GONE) from error
    ends = db.session.scalar(_ends(subject, id))
    if ends is None or now > ends + LASTS:
        raise NotThere(GONE)
    return Managed(subject, id)


def _ends(subject: str, id: int) -> Select[datetime]:
    if subject == "booking":
        return select(Appointment.ends).join(Booking).where(Booking.id == id)
    # Of an event booked as a whole: its last date.
    return (
        select(func.max(Occurrence.ends))
        .join(Attendance, Attendance.event_id == Occurrence.event_id)
        .where(
            Attendance.id == id,
            or_(Attendance.occurrence_id.is_(None), Attendance.occurrence_id == Occurrence.id),
        )
    )


def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=SALT)
