"""The business itself: what it is called, where it is, and its rules of booking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select

from panel.db.base import db, writing
from panel.db.tables import Company
from panel.domain.currencies import CURRENCIES
from panel.domain.errors import RuleBroken
from panel.domain.moments import zone_named
from panel.domain.people import Actor
from panel.domain.states import OPEN
from panel.domain.words import address, line, lines, web_address, whole
from panel.services import outbox, reminders
from panel.services.outbox import Transaction

STEPS = (5, 10, 15, 20, 30, 45, 60, 90, 120)
# With the day itself and those that have begun, Outlook is then read for less than a year.
LONGEST_HORIZON = 325
HOUR_FORMATS = (24, 12)
FIRST_WEEKDAYS = (0, 5, 6)
_DAY = 1440
Choice = TypeVar("Choice")


@dataclass(frozen=True)
class Details:
    """Who the business is. Weeks begin on `first_weekday`, 0 for Monday; hours go to 12 or 24."""

    name: str
    zone: str
    address: str = ""
    phone: str = ""
    email: str = ""
    currency: str = "EUR"
    first_weekday: int = 0
    hour_format: int = 24
    terms_url: str = ""
    privacy_url: str = ""


@dataclass(frozen=True)
class Rules:
    """How the business is booked. Minutes but for `horizon_days`; 0 sets no notice or limit.

    `bookings_per_hour` is counted for one network address, `passwords_per_quarter` the wrong
    passwords of one login within a quarter of an hour.
    """

    step_minutes: int = 15
    notice_minutes: int = 120
    change_notice_minutes: int = 1440
    cancel_notice_minutes: int = 1440
    horizon_days: int = 90
    default_status: str = "approved"
    reminder_minutes: int = 1440
    offer_minutes: int = 720
    bookings_per_hour: int = 30
    passwords_per_quarter: int = 10


def current() -> Company:
    """Return the business; before anybody has named it, one with everything as usual."""
    return db.session.get(Company, 1) or _unnamed()


def hour_format(session: Transaction) -> int:
    """Return up to where the business counts the hours of a day: 12 or 24."""
    return session.scalar(select(Company.hour_format).where(Company.id == 1)) or 24


def passwords_per_quarter(session: Transaction) -> int:
    """Return how many wrong passwords a login takes within a quarter of an hour; 0 for any."""
    found = session.scalar(select(Company.passwords_per_quarter).where(Company.id == 1))
    return Rules.passwords_per_quarter if found is None else found


def edit(details: Details, *, by: Actor, now: datetime) -> Company:
    """Set who the business is. Only the owner may.

    Another zone is for what is booked from now on; promises keep theirs. Raises RuleBroken.
    """
    by.must_own()
    with writing() as session:
        company = session.get(Company, 1) or _unnamed()
        before = company.name, company.phone
        _fill(company, details)
        session.add(company)
        if (company.name, company.phone) != before:
            outbox.raise_all(session, ("appointment", "occurrence"), now=now)
    return company


def set_rules(rules: Rules, *, by: Actor, now: datetime) -> Company:
    """Set how the business is booked; reminders follow. Only the owner may. Raises RuleBroken."""
    by.must_own()
    _check_rules(rules)
    with writing() as session:
        company = session.get(Company, 1) or _unnamed()
        for name in Rules.__dataclass_fields__:
            setattr(company, name, getattr(rules, name))
        session.add(company)
        session.flush()
        reminders.settle_all(session, now=now)
    return company


def _unnamed() -> Company:
    usual = {
        column.name: column.default.arg
        for column in Company.__table__.columns
        if column.default is not None
    }
    return Company(**usual, id=1, name="Panel", zone="UTC")


def _fill(company: Company, details: Details) -> None:
    company.name = line(details.name, "name", "the business a name")
    company.zone = zone_named(details.zone).key
    company.address = lines(details.address, "address", most=400)
    company.phone = line(details.phone, "phone", "a number", most=40, needed=False)
    company.email = address(details.email, needed=False)
    company.currency = _one_of(details.currency, CURRENCIES, "currency")
    company.first_weekday = _one_of(details.first_weekday, FIRST_WEEKDAYS, "first_weekday")
    company.hour_format = _one_of(details.hour_format, HOUR_FORMATS, "hour_format")
    company.terms_url = web_address(details.terms_url, "terms_url")
    company.privacy_url = web_address(details.privacy_url, "privacy_url")


def _check_rules(rules: Rules) -> None:
    _one_of(rules.step_minutes, STEPS, "step_minutes")
    _one_of(rules.default_status, OPEN, "default_status")
    whole(rules.horizon_days, "horizon_days", least=1, most=LONGEST_HORIZON, unit="days")
    for name in ("notice_minutes", "change_notice_minutes", "cancel_notice_minutes"):
        _length(getattr(rules, name), name, most=365)
    _length(rules.reminder_minutes, "reminder_minutes", most=30)
    _length(rules.offer_minutes, "offer_minutes", least=15, most=14)
    for name in ("bookings_per_hour", "passwords_per_quarter"):
        whole(getattr(rules, name), name, least=0, most=10_000, unit="tries")
    if rules.notice_minutes >= rules.horizon_days * _DAY:
        raise RuleBroken(
            "Nobody could book at all: this is as long as people can book ahead.", "notice_minutes"
        )


def _one_of(value: Choice, choices: tuple[Choice, ...], field: str) -> Choice:
    if value not in choices:
        raise RuleBroken("Choose one from the list.", field)
    return value


def _length(minutes: int, field: str, *, least: int = 0, most: int) -> None:
    """Check a stretch of time: at least so many minutes, at most so many days."""
    if minutes > most * _DAY:
        raise RuleBroken(f"That is too long: at most {most} days fit here.", field)
    if minutes < least:
        raise RuleBroken(f"That is too short: give at least {least} minutes.", field)
