"""Which installation the database belongs to."""

from datetime import datetime

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from panel.db.base import Moment, db


class Installation(db.Model):
    """Row 1: the name with which our markers begin, and the machines that may work on it.

    `held_why` is the value of a `domain.installation.Doubt`, or "comparing".
    """

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    machines: Mapped[list[str]] = mapped_column(JSON, default=list)
    held_why: Mapped[str | None] = mapped_column(String(10))
    held_at: Mapped[datetime | None] = mapped_column(Moment)
