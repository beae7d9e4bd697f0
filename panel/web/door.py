"""The front door."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from panel.web.addresses import home
from panel.web.session import someone

door = Blueprint("door", __name__)


@door.get("/")
def front() -> ResponseReturnValue:
    """Lead to where one belongs, or to signing in."""
    person = someone()
    return redirect(home(person) if person else url_for("auth.sign_in"))
