"""What waits for a person's decision, and what happened."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from panel.db.base import Moment, db


class Question(db.Model):
    """What a person must decide about one copy. At most one is open per mirror.

    Kinds: moved, deleted, reshaped, both_moved; and followed, which asks for nothing: a move in
    Outlook that moved the subject here can be undone until customers are told. `facts` holds
    both values (ISO times, UTC) and the rule that was applied. `acts_at`: when it answers itself,
    a deleted one by cancelling, a followed one by letting customers know.
    """

    __tablename__ = "questions"
    __table_args__ = (
        Index(
            "uq_questions_open_mirror",
            "mirror_id",
            unique=True,
            sqlite_where=db.text("closed_at IS NULL"),
            postgresql_where=db.text("closed_at IS NULL"),
        ),
        Index("ix_questions_subject", "subject", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mirror_id: Mapped[int] = mapped_column(ForeignKey("mirrors.id", ondelete="CASCADE"))
    subject: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[int]
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # The other time that stays taken while the question is open.
    holds_from: Mapped[datetime | None] = mapped_column(Moment)
    holds_to: Mapped[datetime | None] = mapped_column(Moment)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    acts_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    answer: Mapped[str | None] = mapped_column(String(20))
    answered_by: Mapped[str | None] = mapped_column(String(120))


class HeldDeletions(db.Model):
    """So many copies of one mailbox gone in a day that a person must say whether it was meant.

    At most one is open per mailbox; its mirrors name it. `upcoming` is how many copies were
    still to come before they went; `earlier` ones of that day had been seen to already.
    """

    __tablename__ = "held_deletions"
    __table_args__ = (
        Index(
            "uq_held_deletions_open_mailbox",
            "mailbox_id",
            unique=True,
            sqlite_where=db.text("closed_at IS NULL"),
            postgresql_where=db.text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailboxes.id", ondelete="CASCADE"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employees.id"), index=True)
    upcoming: Mapped[int]
    earlier: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    answer: Mapped[str | None] = mapped_column(String(20))
    answered_by: Mapped[str | None] = mapped_column(String(120))


class JournalEntry(db.Model):
    """What happened to whom, when and by which side (panel, outlook, both).

    Never a title of a stranger's entry, never a token.
    """

    __tablename__ = "journal"
    __table_args__ = (Index("ix_journal_subject", "subject", "subject_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    subject: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[int]
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employees.id"), index=True)
    side: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(30))
    who: Mapped[str] = mapped_column(String(120), default="")
    before: Mapped[str] = mapped_column(String(300), default="")
    after: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(String(500), default="")


class Heartbeat(db.Model):
    """When the clockwork last ticked, by name."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
