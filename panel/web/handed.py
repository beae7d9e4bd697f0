"""A one-time link on its way: by mail, or to the page that shows it, once."""

from __future__ import annotations

from flask import current_app, flash, session, url_for

KEPT = "handed"


def hand(employee_id: int, key: str, address: str) -> None:
    """Keep the key of somebody's link for the next page that is about them.

    Without a key, say that a mail to `address` brings it.
    """
    if key:
        session[KEPT] = [employee_id, key]
    else:
        words = "It works once, for 24 hours. They choose a password with it."
        flash((f"A link goes to {address} by mail.", words), "ok")


def handed(employee_id: int) -> str:
    """Return the address of the link that was just made for somebody, once; "" if none was."""
    if session.get(KEPT, [None])[0] != employee_id:
        return ""
    _, key = session.pop(KEPT)
    return f"{current_app.config['PUBLIC_URL']}{url_for('choose_password.show', key=key)}"
