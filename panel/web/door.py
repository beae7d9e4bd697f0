"""The front door."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

door = Blueprint("door", __name__)


@door.get("/")
def front() -> ResponseReturnValue:
    """Lead to what most people come for."""
    return redirect(url_for("book_front.index"))
