"""The ties between what stands here and its copies in Outlook."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from panel.db.base import Moment, db

# What is longer than three days (in microseconds), and whole days.
SPREAD = "first_date IS NOT NULL OR ends - starts > 259200000000"


class Mirror(db.Model):
    """One subject (appointment or occurrence) in one person's Outlook.

    `base` is what both sides last agreed on, `intent` the content of a create under way.
    `writes` counts our writes to the copy, so that an older answer is known as such.
    States: none, intent, unknown, linked, held, gone, parked.
    """

    __tablename__ = "mirrors"
    __table_args__ = (
        UniqueConstraint("subject", "subject_id", "employee_id"),
        UniqueConstraint("mailbox_id", "remote_id"),
        Index("ix_mirrors_mailbox_state", "mailbox_id", "state"),
        Index("ix_mirrors_employee_id", "employee_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(12))  # appointment, occurrence
    subject_id: Mapped[int]
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"))
    mailbox_id: Mapped[int | None] = mapped_column(ForeignKey("mailboxes.id"))
    calendar_id: Mapped[int | None] = mapped_column(ForeignKey("calendars.id", ondelete="SET NULL"))
    remote_id: Mapped[str | None] = mapped_column(String(512))
    marker: Mapped[str | None] = mapped_column(String(120), index=True)
    transaction_id: Mapped[str | None] = mapped_column(String(120))
    generation: Mapped[int] = mapped_column(default=0)
    change_key: Mapped[str | None] = mapped_column(String(200))
    base: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    intent: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    base_end: Mapped[datetime | None] = mapped_column(Moment)
    writes: Mapped[int] = mapped_column(default=0)
    desired: Mapped[int] = mapped_column(default=0)
    confirmed: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(10), default="none")
    # When a search first found it nowhere; only a second one, 15 s later, says gone.
    missing_since: Mapped[datetime | None] = mapped_column(Moment)
    # A pull has seen something about the copy that differs from the base.
    hinted: Mapped[bool] = mapped_column(default=False)
    # After a reconnect: what happened there meanwhile is no order, the panel's values win.
    adopting: Mapped[bool] = mapped_column(default=False)
    # What a person decided, until it is carried out. back: Panel's value counts. fill: it is
    # written though it has ended. gone: that many deletions were meant.
    ruling: Mapped[str | None] = mapped_column(String(10))
    # Its copy goes to the calendar that is written now. wanted: it lies elsewhere yet. begun:
    # it is under way, until nothing is left where it was.
    moving: Mapped[str] = mapped_column(String(10), default="")
    put_backs: Mapped[list[str]] = mapped_column(JSON, default=list)
    parked_why: Mapped[str | None] = mapped_column(String(300))
    # When it was last found to be deleted there, for counting; a person's word ends the count.
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)
    held_deletions_id: Mapped[int | None] = mapped_column(
        ForeignKey("held_deletions.id", ondelete="SET NULL"), index=True
    )


class FormerCopy(db.Model):
    """A copy of a mirror that lies where the mirror is not any more.

    It stayed in a mailbox that its person has left: whoever comes back there finds it taken up
    again, not written a second time. Or, from `remove_at` on, it has made room for a copy in
    another calendar and is taken away once that one stands. What the columns hold is what the
    mirror held of it.
    """

    __tablename__ = "former_copies"
    __table_args__ = (
        UniqueConstraint("mailbox_id", "remote_id"),
        Index("ix_former_copies_mirror_id", "mirror_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mirror_id: Mapped[int] = mapped_column(ForeignKey("mirrors.id", ondelete="CASCADE"))
    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailboxes.id", ondelete="CASCADE"))
    calendar_id: Mapped[int | None] = mapped_column(ForeignKey("calendars.id", ondelete="SET NULL"))
    remote_id: Mapped[str | None] = mapped_column(String(512))
    marker: Mapped[str | None] = mapped_column(String(120))
    transaction_id: Mapped[str | None] = mapped_column(String(120))
    change_key: Mapped[str | None] = mapped_column(String(200))
    base: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    base_end: Mapped[datetime | None] = mapped_column(Moment)
    intent: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10))
    remove_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    # What the person had added to it, for the copy that takes its place.
    carried: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class Push(db.Model):
    """The outbox: this mirror must be made equal. One open row per mirror."""

    __tablename__ = "pushes"

    mirror_id: Mapped[int] = mapped_column(
        ForeignKey("mirrors.id", ondelete="CASCADE"), primary_key=True
    )
    revision: Mapped[int]
    since: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    same_refusals: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(300))


class BusyBlock(db.Model):
    """Time taken by something in Outlook. All-day blocks carry dates, spread when read.

    `title` is only ever shown to the employee whose calendar it is.
    """

    __tablename__ = "busy_blocks"
    __table_args__ = (
        UniqueConstraint("calendar_id", "remote_id"),
        # As with appointments: the search for free times is answered from it alone.
        Index(
            "ix_busy_blocks_employee_starts",
            "employee_id", "starts", "ends", "show_as", "counts", "calendar_id",
            "first_date", "end_date",
        ),
        # The few that last for days would else be found only by reading all that came before.
        Index(
            "ix_busy_blocks_spread",
            "employee_id", "ends", "starts", "show_as", "counts", "calendar_id",
            "first_date", "end_date",
            sqlite_where=db.text(SPREAD), postgresql_where=db.text(SPREAD),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"))
    calendar_id: Mapped[int] = mapped_column(
        ForeignKey("calendars.id", ondelete="CASCADE"), index=True
    )
    remote_id: Mapped[str] = mapped_column(String(512))
    series_id: Mapped[str | None] = mapped_column(String(512), index=True)
    change_key: Mapped[str | None] = mapped_column(String(200))
    # All-day: the dates as written, while starts and ends bound them in every zone.
    first_date: Mapped[str | None] = mapped_column(String(10))
    end_date: Mapped[str | None] = mapped_column(String(10))
    starts: Mapped[datetime] = mapped_column(Moment)
    ends: Mapped[datetime] = mapped_column(Moment)
    show_as: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(Text, default="")
    # Of what a create of ours made, the name of that create.
    transaction_id: Mapped[str | None] = mapped_column(String(120), index=True)
    # Cancelled, declined and draft entries are kept to be compared, but never block.
    counts: Mapped[bool] = mapped_column(default=True)
