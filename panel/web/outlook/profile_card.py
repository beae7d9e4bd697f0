"""The Outlook card of whoever looks at My Profile."""

from __future__ import annotations

from panel.services import connection_health
from panel.services.employees import About, Employee
from panel.web.outlook.card import OutlookCard, card_of
from panel.web.outlook.coming_back import say_if_back
from panel.web.outlook.place import Place
from panel.web.session import now


def outlook_of(employee: Employee | About) -> OutlookCard | None:
    """The card, after saying so where the browser came back from Microsoft without an answer."""
    report = connection_health.of_one(employee.id, now=now())
    say_if_back(employee.id, report)
    return card_of(employee, Place(employee.id, backend=False), report)
