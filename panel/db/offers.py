"""What is booked, and by whom."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from panel.db.base import Moment, db


class Category(db.Model):
    """A heading under which services stand, in the order of `position`."""

    __tablename__ = "categories"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)


class Service(db.Model):
    """What is booked. Duration and buffers in minutes; the price in hundredths, or none.

    Up to `capacity` persons share one appointment; below `least` it stays pending. Notice and
    horizon None follow the company. `shown` says whether customers see it.
    """

    __tablename__ = "services"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")
    tone: Mapped[int] = mapped_column(default=1)
    duration: Mapped[int]
    buffer_before: Mapped[int] = mapped_column(default=0)
    buffer_after: Mapped[int] = mapped_column(default=0)
    price: Mapped[int | None]
    place: Mapped[str] = mapped_column(String(200), default="")
    active: Mapped[bool] = mapped_column(default=True)
    shown: Mapped[bool] = mapped_column(default=True)
    category_id: Mapped[int | None] = mapped_column(
        ForeignKey("categories.id", ondelete="SET NULL"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    capacity: Mapped[int] = mapped_column(default=1)
    least: Mapped[int] = mapped_column(default=1)
    notice_minutes: Mapped[int | None]
    horizon_days: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(Moment)


class ServiceQuestion(db.Model):
    """What a customer is asked when booking a service. Kinds: text, choice, tick."""

    __tablename__ = "service_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(
        ForeignKey("services.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    label: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(6))
    options: Mapped[list[Any]] = mapped_column(JSON, default=list)
    required: Mapped[bool] = mapped_column(default=False)


class Customer(db.Model):
    """Somebody who books. They have no login."""

    __tablename__ = "customers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), index=True)
    email: Mapped[str] = mapped_column(String(254), default="", index=True)
    phone: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    active: Mapped[bool] = mapped_column(default=True)
    # Where they were when they last booked: their mails name times in this zone.
    zone: Mapped[str] = mapped_column(String(64), default="")
    # Since when nothing personal is kept about them.
    erased_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
