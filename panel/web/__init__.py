"""Pages: read the form, call one service, answer."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Hang the pages into the application."""
