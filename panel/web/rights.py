"""Which rooms of the house are open to whom; what may be done there, the services decide."""

from __future__ import annotations

from flask import Flask, request

from panel.domain.errors import NotAllowed
from panel.web.frame import in_back_end
from panel.web.session import someone

OWN_PAGES = "/admin/employees/"


def init_app(app: Flask) -> None:
    """Stop at the door whoever may not enter."""
    app.before_request(_let_in)


def _let_in() -> None:
    # The address first: files and pictures ask nobody who is there.
    person = someone() if in_back_end() else None
    if person is None:
        return
    if person.role == "employee" and not _is_own_page(person.employee_id):
        raise NotAllowed("The back end is for the owner and managers. Your pages are in the panel.")
    if request.path.startswith("/admin/settings"):
        person.actor.must_own()


def _is_own_page(employee_id: int | None) -> bool:
    asked_for = (request.view_args or {}).get("employee_id")
    mine = employee_id is not None and asked_for == employee_id
    return mine and request.path.startswith(OWN_PAGES)
