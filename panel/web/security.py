"""What protects every page: headers, proxies, forged and expired forms."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, flash, g, request, session
from flask_login import current_user
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from itsdangerous import URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.middleware.proxy_fix import ProxyFix

from panel.web import kept
from panel.web.session import is_for_programs

SEND_AGAIN = "This form was open for too long. Please send it again."
PERSONAL = " https://login.live.com"
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
# A cookie holds 4 kB, and the session needs some of it for itself.
MOST_KEPT = 2000
NEVER_KEPT = {"csrf_token", "password", "current", "new", "repeat"}

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'{sign_in}; "
        "frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Guard every request and every answer."""
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    # The guard below asks instead: an expired form is shown again rather than lost.
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    csrf.init_app(app)
    app.add_template_global(_token, "csrf_token")
    app.before_request(_carry_token)
    app.before_request(_guard)
    app.after_request(_with_headers)
    app.extensions["headers"] = {
        name: value.replace("{sign_in}", _sign_in_pages(app)) for name, value in HEADERS.items()
    }
    if hops := app.config.get("TRUSTED_PROXIES", 0):
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def typed_before() -> MultiDict[str, str] | None:
    """Return what was typed into this page's form before it expired, once."""
    if "typed" in g:
        return g.typed
    kept = session.get("kept")
    if current_user.is_authenticated and kept and kept["path"] == request.path:
        del session["kept"]
        g.typed = MultiDict(tuple(pair) for pair in kept["pairs"])
        flash(SEND_AGAIN, "late")
        return g.typed
    return None


def _token() -> str:
    """Return what Flask-WTF would, which first looks how the application is set up."""
    return g.get("csrf_token") or generate_csrf()


def _carry_token() -> None:
    """Give the page the token of its session, where Flask-WTF would sign it anew."""
    if secret := session.get("csrf_token"):
        g.csrf_token = _signed(current_app.config["SECRET_KEY"], secret)


@lru_cache(1000)
def _signed(key: str, secret: str) -> str:
    """Sign a session's token once: it is good for as long as the session."""
    return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(secret))


def _guard() -> None:
    """Refuse what was not sent from one of our pages; ask again where that only got too old.

    A page with a form is then answered as if it had been asked for, with what was typed.
    """
    if request.method in SAFE_METHODS or request.url_rule is None or is_for_programs():
        return
    try:
        csrf.protect(apply_exemptions=True)
    except CSRFError:
        foreign = request.headers.get("Sec-Fetch-Site") == "cross-site"
        if foreign or "GET" not in (request.url_rule.methods or ()):
            raise
        request.method = "GET"
        _keep(request.form)


def _keep(typed: MultiDict[str, str]) -> None:
    pairs = [(name, value) for name, value in typed.items(multi=True) if name not in NEVER_KEPT]
    if current_user.is_authenticated:
        g.typed = MultiDict(pairs)
        flash(SEND_AGAIN, "late")
    elif sum(len(name) + len(value) for name, value in pairs) < MOST_KEPT:
        session["kept"] = {"path": request.path, "pairs": pairs}


def _sign_in_pages(app: Flask) -> str:
    """Where Connect leads: a form may end there, and nowhere else outside.

    Microsoft leads personal accounts on to its older address by itself.
    """
    parts = urlsplit(str(app.config.get("LOGIN_URL", "")))
    if not parts.netloc:
        return ""
    more = PERSONAL if parts.netloc == "login.microsoftonline.com" else ""
    return f" {parts.scheme}://{parts.netloc}{more}"


def _with_headers(response: Response) -> Response:
    given = {name.lower() for name, _ in response.headers}
    for name, value in current_app.extensions["headers"].items():
        if name.lower() not in given:
            response.headers.add(name, value)
    if not response.headers["X-Frame-Options"]:
        # A page that names in its policy who may frame it.
        del response.headers["X-Frame-Options"]
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint in kept.ENDPOINTS:
        # Nobody was asked for: without this each visitor would be answered anew.
        session.accessed = False
    else:
        # What stands on a page belongs to whoever is signed in.
        response.headers.setdefault("Cache-Control", "no-store")
    return response
