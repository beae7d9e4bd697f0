"""The tabs of the back end: of one employee, and of the settings."""

from __future__ import annotations

from flask import Flask, current_app, request

from panel.web.addresses import address
from panel.web.session import by

# Each tab: its endpoint, and the permission without which an employee does not see it.
TABS = (
    ("Details", "backend_employees.edit", ""),
    ("Services", "backend_schedule.services", "services"),
    ("Work hours", "backend_schedule.work_hours", "work_hours"),
    ("Days off", "backend_schedule.days_off", "days_off"),
    ("Special days", "backend_schedule.special_days", "special_days"),
    ("Integrations", "backend_integrations.show", ""),
)
# Each tab of Settings on a page of its own: its endpoint, and what its page calls it.
MORE_SETTINGS = (
    ("Notifications", "backend_notifications.show", "notifications"),
    ("Integrations", "backend_outlook_setup.index", "integrations"),
    ("API", "backend_api_tokens.index", "api"),
)


def init_app(app: Flask) -> None:
    """Give the templates the tabs."""
    app.add_template_global(employee_tabs)
    app.add_template_global(more_settings)


def employee_tabs(employee_id: int) -> list[tuple[str, str, bool]]:
    """Return words, address and whether it is the open one, of each tab this person may see."""
    return [
        (words, address(endpoint, employee_id=employee_id), request.endpoint == endpoint)
        for words, endpoint, permission in TABS
        if endpoint in current_app.view_functions
        and (not permission or by().may(permission, employee_id))
    ]


def more_settings(open_tab: str) -> list[tuple[str, str, bool]]:
    """Return the tabs of Settings that other pages bring along."""
    return [
        (words, address(endpoint), open_tab == tab)
        for words, endpoint, tab in MORE_SETTINGS
        if endpoint in current_app.view_functions
    ]
