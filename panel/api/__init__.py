"""What programs ask: JSON and webhooks."""

from flask import Flask

from panel.api import free_times, health


def init_app(app: Flask) -> None:
    """Hang the addresses for programs into the application."""
    app.register_blueprint(health.pages)
    app.register_blueprint(free_times.pages)
