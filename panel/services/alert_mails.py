"""The mails that say that Outlook needs somebody, and that it is well again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select

from panel.db.tables import Alert, Employee, Mail, User
from panel.domain import alerts
from panel.domain.health import Why
from panel.services import mail_rows
from panel.services.mail_facts import Told, business, company_of, moment
from panel.services.outbox import Transaction

# Where the link of each leads, by what the mail is about.
EMPLOYEE, OUTLOOK, REGISTRATION = "employee", "outlook", "registration"
PAGES = {
    EMPLOYEE: "/panel/profile",
    OUTLOOK: "/admin/sync",
    REGISTRATION: "/admin/settings/integrations/outlook",
}


def say_needed(
    session: Transaction, alert: Alert, mark: str, *, waiting: int, now: datetime
) -> list[str]:
    """Tell whoever must act: the employee; of the application, or without a login, the owners.

    Returns their addresses. The same `mark` of the same alert is told once.
    """
    subject, people, name = _told(session, alert)
    problem, effect = alerts.words(Why[alert.why], name)
    since = moment(alert.began_at, _zone(session, alert), company_of(session))
    values = {
        "problem": problem, "effect": effect, "since": since,
        "waiting": str(waiting) if waiting else "",
    }  # fmt: skip
    for user in people:
        told = _to(session, subject, alert.id, user, values)
        once = f"alert:{alert.id}:{mark}:{user.id}"
        mail_rows.write(session, "outlook_needed", told, once=once, now=now)
    return [user.email for user in people]


def say_repaired(session: Transaction, alert: Alert, *, now: datetime) -> None:
    """Tell those who were told that it is well again."""
    subject, people, name = _told(session, alert)
    problem, _ = alerts.words(Why[alert.why], name)
    for user in people:
        told = _to(session, subject, alert.id, user, {"problem": problem})
        once = f"alert:{alert.id}:repaired:{user.id}"
        mail_rows.write(session, "outlook_repaired", told, once=once, now=now)


def say_expiring(session: Transaction, expires: date, step: int, *, now: datetime) -> None:
    """Remind the owners, once for each step, that the client secret expires."""
    values = {"expires": f"{expires:%A} {expires.day} {expires:%B} {expires.year}"}
    for user in _owners(session):
        told = _to(session, REGISTRATION, 0, user, values)
        once = f"secret:{expires.isoformat()}:{step}:{user.id}"
        mail_rows.write(session, "outlook_secret", told, once=once, now=now)


def is_past(session: Transaction, mail: Mail) -> bool:
    """Say whether a mail about a trouble would come after its end."""
    alert = session.get(Alert, mail.subject_id) if mail.subject_id else None
    return mail.kind == "outlook_needed" and (alert is None or alert.ended_at is not None)


def _told(session: Transaction, alert: Alert) -> tuple[str, list[User], str]:
    """What the mails are about, who gets them, and the employee's name where it is not them."""
    if alert.employee_id is None:
        return REGISTRATION, _owners(session), ""
    employee = session.get_one(Employee, alert.employee_id)
    user = session.get(User, employee.user_id) if employee.user_id else None
    if user is not None and user.active:
        return EMPLOYEE, [user], ""
    return OUTLOOK, _owners(session), employee.name


def _owners(session: Transaction) -> list[User]:
    owners: Iterable[User] = session.scalars(
        select(User).where(User.role == "owner", User.active).order_by(User.id)
    )
    return list(owners)


def _zone(session: Transaction, alert: Alert) -> str:
    if alert.employee_id is None:
        return company_of(session).zone
    return session.get_one(Employee, alert.employee_id).zone


def _to(
    session: Transaction, subject: str, subject_id: int, user: User, values: dict[str, str]
) -> Told:
    known = business(company_of(session)) | {"user_name": user.name} | values
    return Told(subject, subject_id, user.email, user.name, known)
