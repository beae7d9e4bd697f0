"""Who may come in: everybody to what is public, else a program with its token."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask import Response, current_app, g, request

from panel.api.v1.fields import MOST
from panel.api.v1.problems import Unauthorized
from panel.domain.errors import NotThere
from panel.domain.people import Actor
from panel.services import api_tokens
from panel.services.api_tokens import Holder
from panel.services.outside import Outside


def ask_for_token() -> None:
    """Let in who shows a token that counts. Cookies say nothing here. Raises Unauthorized."""
    shown = request.authorization
    token = shown.token if shown is not None and shown.type == "bearer" else None
    known = api_tokens.holder(token, now=now()) if token else None
    if known is None:
        raise Unauthorized
    g.holder = known


def know_the_place() -> None:
    """Find nothing where an id is larger than any can be. Raises NotThere."""
    if any(one > MOST for one in (request.view_args or {}).values()):
        raise NotThere("There is nothing at this address.")


def open_to_sites(response: Response) -> Response:
    """Let scripts of any site read what is public anyway."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def holder() -> Holder:
    """Return the program that asks. Only where a token was asked for."""
    return cast(Holder, g.holder)


def by() -> Actor:
    """Return the program that asks, as the services want to know it."""
    return holder().actor


def outside() -> Outside:
    """Return what a booking may ask outside of the house."""
    return cast(Outside, current_app.extensions["panel"].outside)


def now() -> datetime:
    """Return the present instant (aware, UTC) by the clock of this application."""
    return cast(datetime, current_app.extensions["panel"].now())
