"""Mails: what is sent to whom, how it is worded, and by which server."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from panel.db.base import Moment, db


class Mail(db.Model):
    """One message, written in the transaction of what it tells and sent by the clockwork.

    `subject` and `subject_id` name what it is about (appointment, event, user; of a trouble
    with Outlook where its link leads, and the alert), `kind` the template. A reminder has no
    text before it is due: it says what is true then. `once` keeps a message from being written
    twice. Status: waiting, sent, failed, dropped. Links into Panel stand in the text as
    placeholders; they are put in when it is sent. While it is being sent, `due_at` says until
    when another worker leaves it alone.
    """

    __tablename__ = "mails"
    __table_args__ = (
        Index("ix_mails_due", "status", "due_at"),
        Index("ix_mails_subject", "subject", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    subject: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[int]
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("bookings.id", ondelete="CASCADE"))
    attendance_id: Mapped[int | None] = mapped_column(
        ForeignKey("attendances.id", ondelete="CASCADE")
    )
    to_address: Mapped[str] = mapped_column(String(254))
    to_name: Mapped[str] = mapped_column(String(120), default="")
    title: Mapped[str] = mapped_column(String(300), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    calendar: Mapped[str | None] = mapped_column(Text)  # iCalendar, attached as .ics
    once: Mapped[str | None] = mapped_column(String(120), unique=True)
    message_id: Mapped[str] = mapped_column(String(200), default="")
    status: Mapped[str] = mapped_column(String(10), default="waiting")
    due_at: Mapped[datetime] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)


class MailTemplate(db.Model):
    """How one kind of mail is worded where the owner changed it; without a row, as we do."""

    __tablename__ = "mail_templates"

    kind: Mapped[str] = mapped_column(String(30), primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(default=True)


class MailSettings(db.Model):
    """The mail server as the owner set it up (row 1). Security: none, starttls, tls.

    The password is encrypted.
    """

    __tablename__ = "mail_settings"

    id: Mapped[int] = mapped_column(primary_key=True)
    host: Mapped[str] = mapped_column(String(253), default="")
    port: Mapped[int] = mapped_column(default=587)
    security: Mapped[str] = mapped_column(String(10), default="starttls")
    username: Mapped[str] = mapped_column(String(254), default="")
    password: Mapped[bytes | None] = mapped_column(LargeBinary)
    from_address: Mapped[str] = mapped_column(String(254), default="")
    from_name: Mapped[str] = mapped_column(String(120), default="")
    # The evidence of its health: when a mail last went out, since when none does and why, and
    # how long the clockwork leaves the server alone.
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    failed_at: Mapped[datetime | None] = mapped_column(Moment)
    failure: Mapped[str | None] = mapped_column(String(300))
    wait_until: Mapped[datetime | None] = mapped_column(Moment)
