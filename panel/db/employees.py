"""Who works here."""

from datetime import datetime

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from panel.db.base import Moment, db
from panel.db.users import User

employee_services = Table(
    "employee_services",
    db.metadata,
    Column("employee_id", ForeignKey("employees.id", ondelete="CASCADE"), primary_key=True),
    Column("service_id", ForeignKey("services.id", ondelete="CASCADE"), primary_key=True),
    # Their own price (hundredths) and capacity; None follows the service.
    Column("price", Integer),
    Column("capacity", Integer),
)


class Employee(db.Model):
    """Somebody who takes bookings. `user_id` is their login, if they have one.

    `insert_pending` and `block_busy` override the company's Outlook settings; None follows.
    """

    __tablename__ = "employees"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    zone: Mapped[str] = mapped_column(String(64))
    tone: Mapped[int] = mapped_column(default=1)
    active: Mapped[bool] = mapped_column(default=True)
    shown: Mapped[bool] = mapped_column(default=True)
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), unique=True
    )
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("pictures.id", ondelete="SET NULL"))
    description: Mapped[str] = mapped_column(Text, default="")
    # How many appointments they take on one day of their zone; None sets no limit.
    most_a_day: Mapped[int | None]
    # Which of the seven permissions of design 8 they hold, by name.
    permissions: Mapped[list[str]] = mapped_column(JSON, default=list)
    insert_pending: Mapped[bool | None]
    block_busy: Mapped[bool | None]
    created_at: Mapped[datetime] = mapped_column(Moment)

    user: Mapped[User | None] = relationship(lazy="raise")
