"""Linked Microsoft accounts and their calendars."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from panel.db.base import Moment, db


class Mailbox(db.Model):
    """One Microsoft account: its lease, when it is due, and the evidence of its health.

    `lease_until` is in the database's clock; everything else in the panel's.
    """

    __tablename__ = "mailboxes"
    __table_args__ = (UniqueConstraint("tenant_id", "object_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tenant_id: Mapped[str] = mapped_column(String(64))
    object_id: Mapped[str] = mapped_column(String(64))
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    fence: Mapped[int] = mapped_column(default=0)
    round_due: Mapped[datetime | None] = mapped_column(Moment, index=True)
    compare_due: Mapped[datetime | None] = mapped_column(Moment)
    list_due: Mapped[datetime | None] = mapped_column(Moment)
    # Microsoft asked us to wait, or is not answering: nothing is sent before.
    wait_until: Mapped[datetime | None] = mapped_column(Moment)
    failures: Mapped[int] = mapped_column(default=0)
    pulled_at: Mapped[datetime | None] = mapped_column(Moment)
    pushed_at: Mapped[datetime | None] = mapped_column(Moment)
    failed_at: Mapped[datetime | None] = mapped_column(Moment)
    failure: Mapped[str | None] = mapped_column(String(300))
    # Since when no question about this mailbox has been answered; None while they are.
    silent_since: Mapped[datetime | None] = mapped_column(Moment)
    asked_at: Mapped[datetime | None] = mapped_column(Moment)
    # When entries were last written of which Microsoft mails their attendees, as ISO instants.
    mailings: Mapped[list[str]] = mapped_column(JSON, default=list)
    # What full comparisons have found to differ: ever, and the last time, which was when.
    drift: Mapped[int] = mapped_column(default=0)
    last_drift: Mapped[int] = mapped_column(default=0)
    compared_at: Mapped[datetime | None] = mapped_column(Moment)


class Traffic(db.Model):
    """How often one mailbox was asked in the half hour from `since` on, and how that went.

    Written with the outcome of a visit. What is older than a day is added up in one row, whose
    `since` is 1970. Rounds were completed, pushes confirmed; a failure is a visit broken off.
    """

    __tablename__ = "traffic"

    mailbox_id: Mapped[int] = mapped_column(
        ForeignKey("mailboxes.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    since: Mapped[datetime] = mapped_column(Moment, primary_key=True)
    requests: Mapped[int] = mapped_column(BigInteger, default=0)
    throttled: Mapped[int] = mapped_column(BigInteger, default=0)
    milliseconds: Mapped[int] = mapped_column(BigInteger, default=0)
    rounds: Mapped[int] = mapped_column(BigInteger, default=0)
    pushes: Mapped[int] = mapped_column(BigInteger, default=0)
    failures: Mapped[int] = mapped_column(BigInteger, default=0)


class Connection(db.Model):
    """One employee's link to one mailbox. States: active, leaving, ended."""

    __tablename__ = "connections"
    __table_args__ = (
        Index(
            "uq_connections_live_mailbox",
            "mailbox_id",
            unique=True,
            sqlite_where=db.text("state != 'ended'"),
            postgresql_where=db.text("state != 'ended'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"), index=True)
    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailboxes.id"), index=True)
    state: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(320))
    kind: Mapped[str] = mapped_column(String(10))  # work, personal
    scopes: Mapped[str] = mapped_column(Text, default="")
    client_id: Mapped[str] = mapped_column(String(120))
    tenant: Mapped[str] = mapped_column(String(120))
    since: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    # Until the first complete round: how many copies there were to write.
    importing: Mapped[bool] = mapped_column(default=True)
    import_total: Mapped[int | None]
    # How many copies had to move to this mailbox's write calendar when it was chosen.
    move_total: Mapped[int | None]
    # How many entries are to be removed while leaving; None where they stay.
    remove_total: Mapped[int | None]
    # A comparison that somebody asked for, and what it found: mirrors by what would be done.
    compare_asked: Mapped[datetime | None] = mapped_column(Moment)
    compared: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    # Microsoft wants the person to sign in again: since when, and why (an OAuth error).
    refused_at: Mapped[datetime | None] = mapped_column(Moment)
    refused_why: Mapped[str | None] = mapped_column(String(60))
    # Microsoft refused a token once; it is believed when it does so again a minute later.
    doubted_at: Mapped[datetime | None] = mapped_column(Moment)

    mailbox: Mapped[Mailbox] = relationship(lazy="raise")


class Credential(db.Model):
    """Tokens of a connection, encrypted; gone the moment it is disconnected."""

    __tablename__ = "credentials"

    connection_id: Mapped[int] = mapped_column(
        ForeignKey("connections.id", ondelete="CASCADE"), primary_key=True
    )
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)


class RemoteCalendarRow(db.Model):
    """A calendar of a mailbox as last listed, and how far it has been read."""

    __tablename__ = "calendars"
    __table_args__ = (UniqueConstraint("mailbox_id", "remote_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailboxes.id", ondelete="CASCADE"))
    remote_id: Mapped[str] = mapped_column(String(512))
    name: Mapped[str] = mapped_column(String(300))
    color: Mapped[str] = mapped_column(String(30), default="")
    can_edit: Mapped[bool]
    is_default: Mapped[bool]
    allows_teams: Mapped[bool] = mapped_column(default=False)
    is_write: Mapped[bool] = mapped_column(default=False)
    is_blocking: Mapped[bool] = mapped_column(default=False)
    gone_since: Mapped[datetime | None] = mapped_column(Moment)
    delta_link: Mapped[str | None] = mapped_column(Text)
    window_start: Mapped[datetime | None] = mapped_column(Moment)
    window_end: Mapped[datetime | None] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)


class Subscription(db.Model):
    """What Microsoft is to tell us of one calendar: at which address, and with which secret.

    `key` ends the address. `remote_id` is Microsoft's own, once it has agreed to tell; from
    `asked_at` until it answers, a handshake may come. `due_at` is when to see to it next.
    Since `told_at` Microsoft has told of something that nobody has begun to look for, since
    `heard_at` somebody looks.
    """

    __tablename__ = "subscriptions"

    id: Mapped[int] = mapped_column(primary_key=True)
    calendar_id: Mapped[int] = mapped_column(
        ForeignKey("calendars.id", ondelete="CASCADE"), unique=True
    )
    address: Mapped[str] = mapped_column(String(400))
    key: Mapped[str] = mapped_column(String(64), unique=True)
    secret: Mapped[str] = mapped_column(String(64))
    remote_id: Mapped[str | None] = mapped_column(String(120))
    asked_at: Mapped[datetime | None] = mapped_column(Moment)
    agreed_at: Mapped[datetime | None] = mapped_column(Moment)
    ends_at: Mapped[datetime | None] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(Moment)
    told_at: Mapped[datetime | None] = mapped_column(Moment)
    heard_at: Mapped[datetime | None] = mapped_column(Moment)


class SignIn(db.Model):
    """A sign-in under way at Microsoft. Claimed once by one UPDATE; ten minutes at most."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    state_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"))
    session_key: Mapped[str] = mapped_column(String(64))
    return_to: Mapped[str] = mapped_column(String(20))
    redirect_uri: Mapped[str] = mapped_column(String(300))
    # Write the last 30 days into Outlook as well.
    backfill: Mapped[bool] = mapped_column(default=False)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    # When the person came back without an answer and was told so.
    told_at: Mapped[datetime | None] = mapped_column(Moment)
    # What Microsoft said, kept sealed while a person confirms another account than before.
    waiting: Mapped[bytes | None] = mapped_column(LargeBinary)
