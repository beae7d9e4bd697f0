"""The business itself: its name, zone and rules of booking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from panel.db.base import db, writing
from panel.db.tables import Company
from panel.domain.errors import RuleBroken
from panel.domain.moments import zone_named
from panel.domain.people import Actor
from panel.domain.states import OPEN
from panel.domain.words import line, whole
from panel.services import outbox

STEPS = (5, 10, 15, 20, 30, 60)


@dataclass(frozen=True)
class Details:
    """What the owner sets. Minutes but for `horizon_days`."""

    name: str
    zone: str
    phone: str = ""
    step_minutes: int = 15
    notice_minutes: int = 120
    change_notice_minutes: int = 1440
    horizon_days: int = 90
    default_status: str = "approved"


def current() -> Company:
    """Return the business; before anybody has named it, one with everything as usual."""
    return db.session.get(Company, 1) or Company(
        id=1, name="Panel", zone="UTC", phone="", step_minutes=15, notice_minutes=120,
        change_notice_minutes=1440, horizon_days=90, default_status="approved",
    )  # fmt: skip


def edit(details: Details, *, by: Actor, now: datetime) -> Company:
    """Set what the business is called and how it books. Only the owner may.

    Another zone is for what is booked from now on; promises keep theirs. Raises RuleBroken.
    """
    by.must_own()
    if details.step_minutes not in STEPS:
        raise RuleBroken("Choose how far apart times are offered.", "step_minutes")
    if details.default_status not in OPEN:
        raise RuleBroken("New appointments are pending or approved.", "default_status")
    with writing() as session:
        company = session.get(Company, 1) or Company(id=1)
        before = company.name, company.phone
        company.name = line(details.name, "name", "the business a name")
        company.zone = zone_named(details.zone).key
        company.phone = line(details.phone, "phone", "a number", most=40, needed=False)
        company.step_minutes = details.step_minutes
        company.default_status = details.default_status
        for field in ("notice_minutes", "change_notice_minutes"):
            given = getattr(details, field)
            setattr(company, field, whole(given, field, least=0, most=525_600, unit="minutes"))
        company.horizon_days = whole(
            details.horizon_days, "horizon_days", least=1, most=730, unit="days"
        )
        session.add(company)
        if (company.name, company.phone) != before:
            outbox.raise_all(session, ("appointment", "occurrence"), now=now)
    return company
