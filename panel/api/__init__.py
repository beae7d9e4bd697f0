"""What programs ask: JSON and webhooks."""

from flask import Flask

from panel.api import health, metrics, notifications, v1


def init_app(app: Flask) -> None:
    """Hang the addresses for programs into the application."""
    app.register_blueprint(health.pages)
    app.register_blueprint(metrics.pages)
    app.register_blueprint(notifications.pages)
    v1.init_app(app)
