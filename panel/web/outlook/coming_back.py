"""The browser that simply came back from Microsoft."""

from __future__ import annotations

from flask import session

from panel.services import connecting
from panel.services.connection_health import Report
from panel.web.outlook.callback import say_came_back
from panel.web.outlook.microsoft import KEY, session_key
from panel.web.session import now


def say_if_back(employee_id: int, report: Report) -> None:
    """Say so once, where nothing is linked and a sign-in was begun in this browser."""
    if KEY not in session or (report.connection is not None and not report.refused):
        return
    if connecting.came_back(employee_id, session_key=session_key(), now=now()):
        say_came_back()
