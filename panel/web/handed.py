"""A one-time link on its way to the page that shows it, once."""

from __future__ import annotations

from flask import current_app, session, url_for

KEPT = "handed"


def hand(employee_id: int, key: str) -> None:
    """Keep the key of somebody's link for the next page that is about them."""
    session[KEPT] = [employee_id, key]


def handed(employee_id: int) -> str:
    """Return the address of the link that was just made for somebody, once; "" if none was."""
    if session.get(KEPT, [None])[0] != employee_id:
        return ""
    _, key = session.pop(KEPT)
    return f"{current_app.config['PUBLIC_URL']}{url_for('choose_password.show', key=key)}"
