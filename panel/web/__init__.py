"""Pages: read the form, call one service, answer."""

from flask import Flask

from panel.web import errors, frame, lists, rights, security, session, words
from panel.web.appointments import appointments
from panel.web.auth import auth
from panel.web.backend.overview import backend_overview
from panel.web.calendar import calendar
from panel.web.door import door
from panel.web.first_owner import first_owner
from panel.web.profile import profile
from panel.web.theme import theme
from panel.web.today import today

PAGES = (door, first_owner, auth, theme, today, calendar, profile, backend_overview)
# These stand in the panel with one's own, and in the back end with everybody's.
BOTH = (appointments,)


def init_app(app: Flask) -> None:
    """Hang the pages into the application."""
    security.init_app(app)
    session.init_app(app)
    words.init_app(app)
    lists.init_app(app)
    frame.init_app(app)
    rights.init_app(app)
    errors.init_app(app)
    for pages in PAGES:
        app.register_blueprint(pages)
    for pages in BOTH:
        app.register_blueprint(pages, url_prefix=f"/panel/{pages.name}")
        app.register_blueprint(
            pages, url_prefix=f"/admin/{pages.name}", name=f"backend_{pages.name}"
        )
