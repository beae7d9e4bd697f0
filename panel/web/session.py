"""Who asks: the session behind every page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from flask import Flask, current_app, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user
from itsdangerous import URLSafeTimedSerializer

from panel.domain.people import Actor
from panel.services import standing
from panel.services.signing_in import Person
from panel.services.standing import Standing
from panel.web import kept

REMEMBERED = timedelta(days=30)
# Whatever is not named here asks who you are before it answers.
OPEN_TO_ALL = {
    *kept.ENDPOINTS,
    "health.show",
    "metrics.show",
    "book_front.index",
    "book_times.show",
    "book_details.new",
    "book_events.show",
    "book_events.details",
    "book_attending.show",
    "book_attending.entry",
    "book_attending.cancel",
    "book_attending.accept",
    "book_attending.decline",
    "book_manage.show",
    "book_manage.cancel",
    "book_manage.move",
    "book_manage.entry",
    "door.front",
    "auth.sign_in",
    "auth.sign_out",
    "auth.forgotten",
    "choose_password.show",
    "first_owner.choose",
}


class SignedIn(UserMixin):
    """What Flask-Login keeps: the login's id and the version of its sessions."""

    def __init__(self, person: Person, around: Standing | None = None) -> None:
        self.person = person
        self.around = around

    def get_id(self) -> str:
        return f"{self.person.user_id}.{self.person.version}"


class Sessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie; what signs them is built once, as its keys stay."""

    _signs: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs the sessions of the one application that this belongs to."""
        if self._signs is None:
            self._signs = super().get_signing_serializer(app)
        return self._signs


def init_app(app: Flask) -> None:
    """Let every page but the open ones ask who is there."""
    app.session_interface = Sessions()
    app.config.setdefault("REMEMBER_COOKIE_DURATION", REMEMBERED)
    # Without its own variable in every template: a page of a fault must not ask the database.
    manager = LoginManager(app, add_context_processor=False)
    # A phone changes its network all day: sessions end by their version, not by address.
    manager.session_protection = None
    manager.user_loader(_load)
    app.before_request(_ask)


def enter(person: Person, *, remember: bool) -> None:
    """Start a session of its own, so that nothing of an earlier one is carried along."""
    typed = session.get("kept")
    session.clear()
    if typed:
        session["kept"] = typed
    login_user(SignedIn(person), remember=remember)


def is_for_programs() -> bool:
    """Say whether a program is asked, which has a token or nothing, but never a session."""
    return request.path.startswith(("/api/", "/outlook/notifications/"))


def someone() -> Person | None:
    """Return who is signed in, or None."""
    user = current_user._get_current_object()
    return cast(Person, user.person) if user.is_authenticated else None


def around() -> Standing:
    """Return what stands around the pages of whoever asks."""
    return getattr(current_user, "around", None) or standing.standing()


def me() -> Person:
    """Return who is signed in. Only for pages that ask who you are."""
    return cast(Person, current_user.person)


def by() -> Actor:
    """Return who is signed in, as the services want to know it."""
    return me().actor


def now() -> datetime:
    """Return the present instant (aware, UTC) by the clock of this application."""
    return cast(datetime, current_app.extensions["panel"].now())


def _load(key: str) -> SignedIn | None:
    user_id, _, version = key.partition(".")
    if not (user_id.isdecimal() and version.isdecimal()):
        return None
    found = standing.known(int(user_id), int(version))
    return SignedIn(*found) if found else None


def _ask() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint in OPEN_TO_ALL or is_for_programs():
        return None
    if someone():
        return None
    if request.headers.get("HX-Request"):
        # A fragment cannot hold the sign-in page: the whole page goes there.
        return "", 204, {"HX-Refresh": "true"}
    return redirect(url_for("auth.sign_in", next=_asked_for()))


def _asked_for() -> str:
    query = request.query_string.decode("ascii", "replace")
    return f"{request.path}?{query}" if query else request.path
