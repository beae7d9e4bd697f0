"""Watch the connections: who must be told that one needs them, and that it is well again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from panel.db.base import db, fresh, reading, writing
from panel.db.tables import Alert, Connection, OutlookSettings
from panel.domain import alerts as rules
from panel.domain.errors import RuleBroken
from panel.domain.health import Why
from panel.domain.moments import local
from panel.domain.people import Actor
from panel.services import alert_mails, connection_health, mail_server
from panel.services.connection_health import Report
from panel.services.mail_facts import company_of
from panel.services.mail_outside import MailOutside
from panel.services.outbox import Transaction

APPLICATION = "application"


@dataclass(frozen=True)
class Found:
    """How one subject of alerts is: in trouble (`why`), well again, over, or not known."""

    employee_id: int | None
    why: Why | None = None
    well: bool = False
    over: bool = False
    waiting: int = 0


def watch(outside: MailOutside, *, now: datetime) -> None:
    """Open and close alerts by what is known of the connections, and write their mails.

    While no mail server is set up nothing is written; who must know is told once there is one.
    """
    found = _found(now)
    known = set(db.session.scalars(select(Alert.subject).where(Alert.ended_at.is_(None))))
    mails = mail_server.is_set_up(outside)
    fresh()
    if known or any(one.why for one in found.values()):
        with writing() as session:
            _settle(session, found, mails, now)
    if mails:
        _remind_of_expiry(now)


def remind(employee_id: int, *, by: Actor, outside: MailOutside, now: datetime) -> str:
    """Tell an employee once more, now; return to which addresses. Raises RuleBroken."""
    by.must_be_in_back_end()
    report = connection_health.of_one(employee_id, now=now)
    if not rules.troubled(report.health):
        raise RuleBroken("This connection needs nobody any more.")
    if not mail_server.goes_out(outside):
        raise RuleBroken("No mail goes out at the moment, so nobody was reminded.")
    with writing() as session:
        found = _of(employee_id, report)
        alert = _open(session).get(_subject(employee_id)) or _begin(session, found, now)
        alert.told, alert.told_at = max(alert.told, 1), now
        mark = f"by hand {now:%Y%m%dT%H%M%SZ}"
        told = alert_mails.say_needed(session, alert, mark, waiting=found.waiting, now=now)
    return ", ".join(told)


def told(employee_ids: list[int]) -> dict[int, datetime]:
    """Return when each of these was last told of a trouble that goes on."""
    rows = db.session.execute(
        select(Alert.employee_id, Alert.told_at).where(
            Alert.employee_id.in_(employee_ids), Alert.ended_at.is_(None)
        )
    )
    return {whose: at for whose, at in rows if whose is not None and at is not None}


def _found(now: datetime) -> dict[str, Found]:
    """How everybody is who has ever connected, and the application."""
    ever = list(db.session.scalars(select(Connection.employee_id).distinct()))
    reports = connection_health.of_many(ever, now=now) if ever else {}
    found = {_subject(one): _of(one, report) for one, report in reports.items()}
    found[APPLICATION] = _application(list(reports.values()))
    return found


def _of(employee_id: int, report: Report) -> Found:
    health = report.health
    return Found(
        employee_id,
        why=health.why if rules.troubled(health) else None,
        well=rules.well(health),
        over=health.state in rules.ENDED,
        waiting=report.copies.waiting,
    )


def _application(reports: list[Report]) -> Found:
    struck = [one for one in reports if one.health.why is Why.APPLICATION]
    return Found(
        None,
        why=Why.APPLICATION if struck else None,
        well=any(rules.well(one.health) for one in reports),
        over=all(one.health.state in rules.ENDED for one in reports),
        waiting=sum(one.copies.waiting for one in struck),
    )


def _settle(session: Transaction, found: dict[str, Found], mails: bool, now: datetime) -> None:
    known = _open(session)
    for subject, one in found.items():
        alert = known.get(subject)
        if one.why is not None:
            alert = alert or _begin(session, one, now)
            alert.why = one.why.name
            if mails:
                _tell(session, alert, one, now)
        elif alert is not None and (one.well or one.over):
            alert.ended_at = now
            if one.well and alert.told and mails:
                alert_mails.say_repaired(session, alert, now=now)


def _tell(session: Transaction, alert: Alert, found: Found, now: datetime) -> None:
    due = rules.due(alert.began_at, alert.told, now)
    if due > alert.told:
        alert.told, alert.told_at = due, now
        mark = str(alert.told)
        alert_mails.say_needed(session, alert, mark, waiting=found.waiting, now=now)


def _begin(session: Transaction, found: Found, now: datetime) -> Alert:
    assert found.why is not None
    alert = Alert(
        subject=_subject(found.employee_id), employee_id=found.employee_id,
        why=found.why.name, began_at=now, told=0,
    )  # fmt: skip
    session.add(alert)
    session.flush()
    return alert


def _open(session: Transaction) -> dict[str, Alert]:
    rows = session.scalars(select(Alert).where(Alert.ended_at.is_(None)))
    return {one.subject: one for one in rows}


def _subject(employee_id: int | None) -> str:
    return APPLICATION if employee_id is None else f"employee {employee_id}"


def _remind_of_expiry(now: datetime) -> None:
    row = db.session.get(OutlookSettings, 1)
    today = local(now, company_of(reading()).zone).date()
    expires = row.secret_expires if row is not None and row.enabled else None
    step = rules.expiry_step(expires, today) if expires is not None else None
    fresh()
    if expires is not None and step is not None:
        with writing() as session:
            alert_mails.say_expiring(session, expires, step, now=now)
