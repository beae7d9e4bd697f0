"""The Outlook integration as the owner set it up."""

from datetime import date, datetime

from sqlalchemy import JSON, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from panel.db.base import Moment, db


class OutlookSettings(db.Model):
    """Setup and General tab of design 7, company-wide (row 1). The secret is encrypted."""

    __tablename__ = "outlook_settings"

    id: Mapped[int] = mapped_column(primary_key=True)
    enabled: Mapped[bool] = mapped_column(default=False)
    client_id: Mapped[str] = mapped_column(String(120), default="")
    client_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    secret_expires: Mapped[date | None]
    tenant: Mapped[str] = mapped_column(String(120), default="common")
    tested_at: Mapped[datetime | None] = mapped_column(Moment)
    test_result: Mapped[str | None] = mapped_column(String(10))
    last_token_at: Mapped[datetime | None] = mapped_column(Moment)
    # Since when Microsoft refuses our registration itself; None while it does not.
    refused_at: Mapped[datetime | None] = mapped_column(Moment)

    insert_pending: Mapped[bool] = mapped_column(default=False)
    block_busy: Mapped[bool] = mapped_column(default=True)
    blocking_kinds: Mapped[list[str]] = mapped_column(JSON, default=lambda: ["busy", "oof"])
    block_all_day: Mapped[bool] = mapped_column(default=True)
    include_buffers: Mapped[bool] = mapped_column(default=False)
    customer_in_body: Mapped[bool] = mapped_column(default=True)
    appointment_title: Mapped[str] = mapped_column(String(200), default="%service_name%")
    appointment_text: Mapped[str] = mapped_column(Text, default="")
    event_title: Mapped[str] = mapped_column(String(200), default="%event_name%")
    event_text: Mapped[str] = mapped_column(Text, default="")
    on_move: Mapped[str] = mapped_column(String(10), default="move")  # move, ask, back
    # Whether customers are told of a move that was followed, after five quiet minutes.
    tell_moved: Mapped[bool] = mapped_column(default=True)
    on_delete: Mapped[str] = mapped_column(String(10), default="ask")  # ask, cancel, back
    # How long a deleted one can still be kept before it is cancelled.
    grace_minutes: Mapped[int] = mapped_column(default=15)
    # When Outlook cannot be asked at booking: wait (30 minutes, then no times), accept, refuse.
    when_unknown: Mapped[str] = mapped_column(String(10), default="wait")
    add_staff: Mapped[bool] = mapped_column(default=True)
    # Customers as attendees: Microsoft then mails them, and they may see each other or not.
    invite_customers: Mapped[bool] = mapped_column(default=False)
    show_attendees: Mapped[bool] = mapped_column(default=False)
    teams_meeting: Mapped[bool] = mapped_column(default=False)
    show_titles: Mapped[bool] = mapped_column(default=False)
