"""The first page of the panel: today, and what waits for a decision."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

today = Blueprint("today", __name__, url_prefix="/panel")


@today.get("/")
def show() -> ResponseReturnValue:
    """Show the day's appointments, with open questions first."""
    return render_template("today/show.html")
