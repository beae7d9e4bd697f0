"""Who signs in."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from panel.db.base import Moment, db


class User(db.Model):
    """A login: owner, manager or employee. Its address is kept in lower case."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(300))
    role: Mapped[str] = mapped_column(String(10))
    active: Mapped[bool] = mapped_column(default=True)
    # Raised to end every session of this login at once.
    session_version: Mapped[int] = mapped_column(default=1)
    theme: Mapped[str | None] = mapped_column(String(5))
    created_at: Mapped[datetime] = mapped_column(Moment)


class Invitation(db.Model):
    """A one-time link: first owner, invitation or forgotten password. Only its hash is kept."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class SignInAttempt(db.Model):
    """A wrong password, remembered to slow guessing; `key` names an address or a network."""

    __tablename__ = "sign_in_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(300), index=True)
    at: Mapped[datetime] = mapped_column(Moment)


class BookingAttempt(db.Model):
    """A booking sent by a visitor, remembered for an hour to slow floods; `key` names a network."""

    __tablename__ = "booking_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(300), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
