"""One service at one time with one employee."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from panel.db.base import Moment, db
from panel.db.employees import Employee
from panel.db.offers import Customer, Service


class Appointment(db.Model):
    """One service at one time with one employee; it holds one or more bookings.

    What was promised is `local_start` (wall time, YYYY-MM-DDTHH:MM) in `zone`; `starts` and
    `ends` are its index in UTC, made with `tzdata`. Buffers (minutes) are kept as they were
    when it was booked. `revision` counts changes.

    `places` is how many persons it holds, `persons` how many its open bookings have taken;
    `series` is shared by appointments that were booked in a sequence. `unchecked` says that
    Outlook could not be asked when it was booked.
    """

    __tablename__ = "appointments"
    __table_args__ = (
        # Holds all that the search for free times asks of an appointment, so that it need
        # not visit the table.
        Index(
            "ix_appointments_employee_starts",
            "employee_id", "starts", "ends", "status", "buffer_before", "buffer_after",
            "service_id", "places", "persons",
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"))
    local_start: Mapped[str] = mapped_column(String(16))
    zone: Mapped[str] = mapped_column(String(64))
    tzdata: Mapped[str] = mapped_column(String(16))
    starts: Mapped[datetime] = mapped_column(Moment, index=True)
    ends: Mapped[datetime] = mapped_column(Moment)
    buffer_before: Mapped[int] = mapped_column(default=0)
    buffer_after: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text, default="")
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    revision: Mapped[int] = mapped_column(default=1)
    places: Mapped[int] = mapped_column(default=1)
    persons: Mapped[int] = mapped_column(default=1)
    series: Mapped[str | None] = mapped_column(String(12), index=True)
    unchecked: Mapped[bool] = mapped_column(default=False)
    # When it stopped being wanted in Outlook: a copy that had ended by then stays.
    unwanted_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[str] = mapped_column(String(120), default="")

    service: Mapped[Service] = relationship(lazy="raise")
    employee: Mapped[Employee] = relationship(lazy="raise")
    bookings: Mapped[list["Booking"]] = relationship(
        lazy="raise", back_populates="appointment", order_by="Booking.id"
    )


class Booking(db.Model):
    """One customer's place in an appointment, for one or more persons.

    `answers` are pairs of question and answer as they were asked; `price` in hundredths for
    all its persons; `zone` is where the customer was. `form_key` belongs to the form that was
    sent, so that one sent twice books once.
    """

    __tablename__ = "bookings"

    id: Mapped[int] = mapped_column(primary_key=True)
    appointment_id: Mapped[int] = mapped_column(
        ForeignKey("appointments.id", ondelete="CASCADE"), index=True
    )
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    persons: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text, default="")
    answers: Mapped[list[Any]] = mapped_column(JSON, default=list)
    price: Mapped[int | None] = mapped_column(BigInteger)
    zone: Mapped[str] = mapped_column(String(64), default="")
    form_key: Mapped[str | None] = mapped_column(String(43), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)

    appointment: Mapped[Appointment] = relationship(lazy="raise", back_populates="bookings")
    customer: Mapped[Customer] = relationship(lazy="raise")
