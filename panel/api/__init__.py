"""What programs ask: JSON and webhooks."""

from flask import Flask

from panel.api import health, v1


def init_app(app: Flask) -> None:
    """Hang the addresses for programs into the application."""
    app.register_blueprint(health.pages)
    v1.init_app(app)
