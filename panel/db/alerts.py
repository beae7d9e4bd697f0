"""What somebody must put right, and who has been told of it how often."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from panel.db.base import Moment, db


class Alert(db.Model):
    """One trouble from its beginning to its end. `subject` is "employee 5" or "application".

    `why` is the value of a `domain.health.Why`; `told` counts the mails that said so.
    """

    __tablename__ = "alerts"
    __table_args__ = (
        Index(
            "uq_alerts_open",
            "subject",
            unique=True,
            sqlite_where=db.text("ended_at IS NULL"),
            postgresql_where=db.text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(40))
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"))
    why: Mapped[str] = mapped_column(String(20))
    began_at: Mapped[datetime] = mapped_column(Moment)
    told: Mapped[int] = mapped_column(default=0)
    told_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
