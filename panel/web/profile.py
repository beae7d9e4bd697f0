"""My Profile."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

profile = Blueprint("profile", __name__, url_prefix="/panel/profile")


@profile.get("/")
def show() -> ResponseReturnValue:
    """Show who one is."""
    return render_template("profile/show.html")
