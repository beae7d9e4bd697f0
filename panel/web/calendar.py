"""The calendar."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

calendar = Blueprint("calendar", __name__, url_prefix="/panel/calendar")


@calendar.get("/")
def show() -> ResponseReturnValue:
    """Show it."""
    return render_template("today/nobody.html")
