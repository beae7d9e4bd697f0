"""Happenings with dates, an organizer and staff."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from panel.db.base import Moment, db
from panel.db.employees import Employee
from panel.db.offers import Customer

event_staff = Table(
    "event_staff",
    db.metadata,
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "employee_id", ForeignKey("employees.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
)


class Event(db.Model):
    """A happening with one or more dates, an organizer and staff. Status: open or cancelled.

    `whole` events are booked with all their dates, others date by date. One attendance takes
    up to `most_places`. Customers can book from `opens_at` (None: at once) until so many
    minutes before it starts. The price in hundredths for one place, or none.
    """

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    tone: Mapped[int] = mapped_column(default=2)
    capacity: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(String(10), default="open")
    shown: Mapped[bool] = mapped_column(default=True)
    whole: Mapped[bool] = mapped_column(default=False)
    price: Mapped[int | None]
    most_places: Mapped[int] = mapped_column(default=1)
    opens_at: Mapped[datetime | None] = mapped_column(Moment)
    closes_minutes: Mapped[int] = mapped_column(default=0)
    waiting_list: Mapped[bool] = mapped_column(default=False)
    organizer_id: Mapped[int] = mapped_column(ForeignKey("employees.id"), index=True)
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[str] = mapped_column(String(120), default="")

    organizer: Mapped[Employee] = relationship(lazy="raise")
    staff: Mapped[list[Employee]] = relationship(
        secondary=event_staff, lazy="raise", order_by=Employee.name
    )
    occurrences: Mapped[list["Occurrence"]] = relationship(
        lazy="raise", back_populates="event", order_by="Occurrence.starts"
    )


class Occurrence(db.Model):
    """One date of an event. Times as in an appointment; status: open or cancelled."""

    __tablename__ = "occurrences"
    __table_args__ = (Index("ix_occurrences_starts", "starts", "ends"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    local_start: Mapped[str] = mapped_column(String(16))
    zone: Mapped[str] = mapped_column(String(64))
    tzdata: Mapped[str] = mapped_column(String(16))
    starts: Mapped[datetime] = mapped_column(Moment)
    ends: Mapped[datetime] = mapped_column(Moment)
    status: Mapped[str] = mapped_column(String(10), default="open")
    revision: Mapped[int] = mapped_column(default=1)
    unwanted_at: Mapped[datetime | None] = mapped_column(Moment)

    event: Mapped[Event] = relationship(lazy="raise", back_populates="occurrences")


class Attendance(db.Model):
    """One customer's places at an event: at one date, or without one at all of a whole event.

    Status: booked, cancelled, no-show, waiting (on the list, in the order of `id`) or offered
    (a place is kept until `offered_until`). Answers, zone and form key as in a booking.
    """

    __tablename__ = "attendances"
    __table_args__ = (Index("ix_attendances_event", "event_id", "occurrence_id", "status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    occurrence_id: Mapped[int | None] = mapped_column(
        ForeignKey("occurrences.id", ondelete="CASCADE")
    )
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    places: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(String(10))
    offered_until: Mapped[datetime | None] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(Text, default="")
    answers: Mapped[list[Any]] = mapped_column(JSON, default=list)
    price: Mapped[int | None] = mapped_column(BigInteger)
    zone: Mapped[str] = mapped_column(String(64), default="")
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    form_key: Mapped[str | None] = mapped_column(String(43), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[str] = mapped_column(String(120), default="")

    event: Mapped[Event] = relationship(lazy="raise")
    occurrence: Mapped[Occurrence | None] = relationship(lazy="raise")
    customer: Mapped[Customer] = relationship(lazy="raise")
