"""What stands around every public page: the business, its colours, and who may frame it."""

from __future__ import annotations

from flask import Response, current_app, g

from panel.domain.embedding import frame_ancestors
from panel.domain.errors import RuleBroken
from panel.domain.moments import zone_named
from panel.services import appearance, company, managing
from panel.services.company import Company
from panel.web.forms import Form

STEPS = ("Service", "Time", "Details", "Done")
EVENT_STEPS = ("Event", "Date", "Details", "Done")


class VisitorForm(Form):
    """A form for people without a session: there is nothing that a forgery could use."""

    class Meta(Form.Meta):
        csrf = False


def open_shop(zone: str = "") -> Company:
    """Return the business, and let this request's times be those of the visitor's zone."""
    known = company.current()
    g.zone = visitors_zone(zone, known.zone)
    return known


def visitors_zone(asked: str, usual: str) -> str:
    """Return the zone that the visitor named, or the business's where that is none."""
    try:
        return zone_named(asked).key if asked else usual
    except RuleBroken:
        return usual


def shop_window(steps: tuple[str, ...] = STEPS) -> dict[str, object]:
    """Return what layouts/shop.html asks for."""
    look = appearance.shown()
    return {"shop": company.current(), "look": look, "steps": steps, "call": managing.call()}


def let_frame(answer: Response) -> Response:
    """Let the sites that the owner named show these pages in a frame."""
    policy = current_app.extensions["headers"]["Content-Security-Policy"]
    allowed = frame_ancestors(appearance.shown().embed_origins)
    answer.headers["Content-Security-Policy"] = policy.replace(
        "frame-ancestors 'none'", f"frame-ancestors {allowed}"
    )
    # Browsers would obey the stricter one.
    answer.headers["X-Frame-Options"] = ""
    return answer
