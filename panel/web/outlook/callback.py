"""Where Microsoft sends the browser back to."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from panel.domain.errors import (
    OutlookUnavailable,
    PanelError,
    Refusal,
    RegistrationRefused,
    SignInRefused,
)
from panel.services import connecting, employees, logins
from panel.web.outlook.microsoft import outside, session_key
from panel.web.outlook.place import Place
from panel.web.session import by, now

outlook_callback = Blueprint("outlook_callback", __name__)
REFUSED = (
    "It has expired or was mistyped. Make a new one at Microsoft and put it into Setup. "
    "Nobody has to connect again."
)


@outlook_callback.get("/outlook/callback")
def come_back() -> ResponseReturnValue:
    """Take Microsoft's answer, and lead to the page one came from. The state is its guard."""
    came = connecting.finish(request.args, by=by(), session_key=session_key(), outside=outside())
    if came.employee_id is not None:
        # What else this browser left open is answered by this.
        connecting.came_back(came.employee_id, session_key=session_key(), now=now())
    if came.refused is not None:
        say_refused(came.refused)
    elif came.address and came.employee_id is not None:
        say_connected(came.address, came.employee_id)
    return redirect(_page(came), 303)


def say_connected(address: str, employee_id: int) -> None:
    """Say who is linked now."""
    whose = "your"
    if not by().is_employee(employee_id):
        whose = f"{employees.one(employee_id, by=by()).name.split()[0]}’s"
    flash((f"Connected as {address}.", f"Panel is now reading {whose} calendar."), "ok")


def say_refused(refused: PanelError) -> None:
    """Say why there is no connection, in the sentence for whoever reads it."""
    reason = refused.reason if isinstance(refused, SignInRefused) else None
    if reason is Refusal.USED_TWICE:
        flash(("Nothing has changed.", reason.value), "work")
    elif reason is Refusal.REGISTRATION or isinstance(refused, RegistrationRefused):
        _say_registration()
    elif isinstance(refused, OutlookUnavailable):
        flash(("Not connected.", Refusal.MICROSOFT_SILENT.value), "act")
    else:
        flash(("Not connected.", str(refused)), "act")


def say_came_back() -> None:
    """Say that one came back without an answer."""
    flash(("Not connected.", Refusal.CAME_BACK.value), "act")


def _say_registration() -> None:
    if by().is_owner:
        flash(("Microsoft refuses the client secret.", REFUSED), "act")
        return
    words = (
        f"Microsoft does not accept this business’s registration. {logins.owner_name()} has been "
        "told. Nobody who is connected loses anything."
    )
    flash(("Not connected.", words), "act")


def _page(came: connecting.Return) -> str:
    if came.employee_id is None:
        return url_for("profile.show")
    return Place(came.employee_id, came.page == "employee").address
