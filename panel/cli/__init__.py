"""The keeper's commands (`flask --app wsgi …`)."""

from flask import Flask

from panel.cli import keeper


def init_app(app: Flask) -> None:
    """Hang the commands into the application."""
    app.register_blueprint(keeper.commands)
