"""Pages: read the form, call one service, answer."""

from flask import Flask

from panel.web import errors, frame, security, session, words
from panel.web.auth import auth
from panel.web.door import door
from panel.web.first_owner import first_owner
from panel.web.profile import profile
from panel.web.theme import theme
from panel.web.today import today

PAGES = (door, first_owner, auth, theme, today, profile)


def init_app(app: Flask) -> None:
    """Hang the pages into the application."""
    security.init_app(app)
    session.init_app(app)
    words.init_app(app)
    frame.init_app(app)
    errors.init_app(app)
    for pages in PAGES:
        app.register_blueprint(pages)
