"""The Outlook card of whoever looks at My Profile."""

from __future__ import annotations

from panel.services import connection_health, employees
from panel.web.outlook.card import OutlookCard, card_of
from panel.web.outlook.coming_back import say_if_back
from panel.web.outlook.place import Place
from panel.web.session import by, now


def outlook_of(employee_id: int) -> OutlookCard | None:
    """The card, after saying so where the browser came back from Microsoft without an answer."""
    say_if_back(employee_id, connection_health.of_one(employee_id, now=now()))
    return card_of(employees.one(employee_id, by=by()), Place(employee_id, backend=False))
