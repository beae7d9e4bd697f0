"""The business itself."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from panel.db.base import db


class Company(db.Model):
    """The one business of this installation (row 1)."""

    __tablename__ = "companies"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    zone: Mapped[str] = mapped_column(String(64))
    phone: Mapped[str] = mapped_column(String(40), default="")
    step_minutes: Mapped[int] = mapped_column(default=15)
    notice_minutes: Mapped[int] = mapped_column(default=120)
    change_notice_minutes: Mapped[int] = mapped_column(default=1440)
    horizon_days: Mapped[int] = mapped_column(default=90)
    default_status: Mapped[str] = mapped_column(String(10), default="approved")
