"""The business itself."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from panel.db.base import db


class Company(db.Model):
    """The one business of this installation (row 1). Notices in minutes, 0 = Monday.

    `accent` is a colour as #rrggbb, or empty for ours; `embed_origins` are the sites that may
    frame the booking page, split by blanks.
    """

    __tablename__ = "companies"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    zone: Mapped[str] = mapped_column(String(64))
    phone: Mapped[str] = mapped_column(String(40), default="")
    step_minutes: Mapped[int] = mapped_column(default=15)
    notice_minutes: Mapped[int] = mapped_column(default=120)
    change_notice_minutes: Mapped[int] = mapped_column(default=1440)
    horizon_days: Mapped[int] = mapped_column(default=90)
    cancel_notice_minutes: Mapped[int] = mapped_column(default=1440)
    reminder_minutes: Mapped[int] = mapped_column(default=1440)
    default_status: Mapped[str] = mapped_column(String(10), default="approved")
    address: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    first_weekday: Mapped[int] = mapped_column(default=0)
    hour_format: Mapped[int] = mapped_column(default=24)  # 12, 24
    terms_url: Mapped[str] = mapped_column(String(500), default="")
    privacy_url: Mapped[str] = mapped_column(String(500), default="")
    accent: Mapped[str] = mapped_column(String(7), default="")
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("pictures.id", ondelete="SET NULL"))
    embed_origins: Mapped[str] = mapped_column(String(1000), default="")
    # How many bookings one network address may send within an hour, and how many wrong
    # passwords one account takes in a quarter of an hour; 0 sets no limit.
    bookings_per_hour: Mapped[int] = mapped_column(default=30)
    passwords_per_quarter: Mapped[int] = mapped_column(default=10)
    # How long a place on a waiting list is kept for whom it was offered, in minutes.
    offer_minutes: Mapped[int] = mapped_column(default=720)
    # The owner has put the list of first steps away.
    checklist_hidden: Mapped[bool] = mapped_column(default=False)
