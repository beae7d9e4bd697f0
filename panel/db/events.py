"""Happenings with dates, an organizer and staff."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from panel.db.base import Moment, db
from panel.db.employees import Employee

event_staff = Table(
    "event_staff",
    db.metadata,
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "employee_id", ForeignKey("employees.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
)


class Event(db.Model):
    """A happening with one or more dates, an organizer and staff. Status: open or cancelled."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    tone: Mapped[int] = mapped_column(default=2)
    capacity: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(String(10), default="open")
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
