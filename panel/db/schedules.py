"""When somebody works: wall times in the employee's zone."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from panel.db.base import db


class WorkPeriod(db.Model):
    """Work hours or a break on one weekday (0 = Monday), in minutes after midnight.

    `service_ids` limits work hours to these services; None allows all.
    """

    __tablename__ = "work_periods"

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(
        ForeignKey("employees.id", ondelete="CASCADE"), index=True
    )
    weekday: Mapped[int]
    kind: Mapped[str] = mapped_column(String(5))  # work, break
    starts: Mapped[int]
    ends: Mapped[int]
    service_ids: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))


class DayOff(db.Model):
    """Whole days without work, both ends included; without an employee, the company's."""

    __tablename__ = "days_off"

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int | None] = mapped_column(
        ForeignKey("employees.id", ondelete="CASCADE"), index=True
    )
    first: Mapped[date]
    last: Mapped[date]
    yearly: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(200), default="")


class SpecialDay(db.Model):
    """Other work hours on certain dates, both ends included. One row per period.

    `service_ids` as in WorkPeriod.
    """

    __tablename__ = "special_days"

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(
        ForeignKey("employees.id", ondelete="CASCADE"), index=True
    )
    first: Mapped[date]
    last: Mapped[date]
    starts: Mapped[int]
    ends: Mapped[int]
    note: Mapped[str] = mapped_column(String(200), default="")
    service_ids: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
