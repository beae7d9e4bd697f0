"""One address for whoever watches over the installation."""

from datetime import UTC, datetime

from flask import Blueprint
from flask.typing import ResponseReturnValue

from panel.services import heartbeat

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def show() -> ResponseReturnValue:
    # This machine's own time, not the guest's: a test that moves the panel's clock by a
    # month does not stop the clockwork.
    report = heartbeat.report(now=datetime.now(UTC))
    return report, 200 if set(report.values()) == {"ok"} else 503
