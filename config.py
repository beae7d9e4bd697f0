"""The only file that reads the environment; each mistake is named in a sentence."""

from __future__ import annotations

import os
import platform
import secrets
import stat
from collections.abc import Callable, Mapping
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

MICROSOFT_LOGIN = "https://login.microsoftonline.com"
MICROSOFT_GRAPH = "https://graph.microsoft.com"
# Set by Flask's command line, and by the reloader in the process that it restarts.
NOT_SERVING = {"FLASK_RUN_FROM_CLI", "WERKZEUG_RUN_MAIN"}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Misconfigured(Exception):
    """A setting is wrong; the message says which one and what it should be."""


def read(env: Mapping[str, str] = os.environ) -> dict[str, object]:
    """Read and check every setting. Makes DATA_DIR and its keys where they are missing."""
    data_dir = _data_dir(env)
    login_url = _url(env, "LOGIN_URL", MICROSOFT_LOGIN)
    port = _number(env, "PORT", 8000, least=1, most=65535)
    public_url = _url(env, "PUBLIC_URL", f"http://127.0.0.1:{port}")
    graph_url = _url(env, "GRAPH_URL", MICROSOFT_GRAPH)
    https = public_url.startswith("https://")
    return {
        "DATA_DIR": data_dir,
        "SQLALCHEMY_DATABASE_URI": _database(env, data_dir),
        "QUEUE": _choice(env, "QUEUE", ("", "procrastinate")),
        "HOST": _text(env, "HOST", "127.0.0.1"),
        "PORT": port,
        "PUBLIC_URL": public_url,
        "TRUSTED_PROXIES": _number(env, "TRUSTED_PROXIES", 0, least=0, most=10),
        "SECRET_KEY": _secret_key(env, data_dir),
        "TOKEN_KEYS": _token_keys(env, data_dir),
        "INSTALLATION": _kept(data_dir / "instance", lambda: secrets.token_hex(6)).split("\n")[0],
        "MACHINE": _text(env, "MACHINE", platform.node() or "this machine")[:100],
        "LOGIN_URL": login_url,
        "GRAPH_URL": graph_url,
        "NOTIFY_URL": _notify_url(public_url, graph_url),
        "TEST_MODE": login_url != MICROSOFT_LOGIN,
        "POLL_SECONDS": _number(env, "POLL_SECONDS", 0, least=0, most=86400),
        "SMTP": _smtp(env),
        "SYNC_THREADS": _number(env, "SYNC_THREADS", 16, least=1, most=256),
        "RATE_LIMITS": _choice(env, "RATE_LIMITS", ("on", "off")) == "on",
        "METRICS_TOKEN": _metrics_token(env),
        "CLOCKWORK": not env.keys() & NOT_SERVING,
        "CLOCK_OFFSET_FILE": _clock_file(env, login_url),
        "SESSION_COOKIE_NAME": "panel_session",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_NAME": "panel_remember",
        "REMEMBER_COOKIE_SECURE": https,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": 4 * 1024 * 1024,
    }


def _text(env: Mapping[str, str], name: str, default: str) -> str:
    return env.get(name, "").strip() or default


def _data_dir(env: Mapping[str, str]) -> Path:
    place = Path(_text(env, "DATA_DIR", "var")).expanduser().absolute()
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(
            f"DATA_DIR is {place}, which cannot be made: {error.strerror}. Name another folder."
        ) from error
    return place


def _number(env: Mapping[str, str], name: str, default: int, *, least: int, most: int) -> int:
    value = _text(env, name, str(default))
    if not value.isdecimal() or not least <= int(value) <= most:
        raise Misconfigured(f"{name} is {value!r}. Give a whole number from {least} to {most}.")
    return int(value)


def _choice(env: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = _text(env, name, allowed[0])
    if value not in allowed:
        listed = " or ".join(repr(one) for one in allowed if one)
        raise Misconfigured(f"{name} is {value!r}. Give {listed}, or leave it out.")
    return value


def _url(env: Mapping[str, str], name: str, default: str) -> str:
    value = _text(env, name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
        raise Misconfigured(f"{name} is {value!r}. Give an address like {default}.")
    if name != "PUBLIC_URL" and parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise Misconfigured(f"{name} is {value!r}. Outside this machine it must use https.")
    return value


def _notify_url(public_url: str, graph_url: str) -> str:
    """Where Microsoft tells of changes; nowhere if it could not reach us there.

    It speaks https only; a sandbox on this machine tells this machine without.
    """
    here = all(urlsplit(one).hostname in LOOPBACK for one in (public_url, graph_url))
    reached = public_url.startswith("https://") or here
    return f"{public_url}/outlook/notifications" if reached else ""


def _database(env: Mapping[str, str], data_dir: Path) -> str:
    value = _text(env, "DATABASE_URL", f"sqlite:///{data_dir / 'bookings.sqlite'}")
    for short in ("postgres://", "postgresql://"):
        if value.startswith(short):
            value = "postgresql+psycopg://" + value.removeprefix(short)
    if not value.startswith(("sqlite:////", "postgresql+psycopg://")):
        raise Misconfigured(
            "DATABASE_URL must start with postgresql://, or with sqlite:/// and an absolute path."
        )
    return value


def _secret_key(env: Mapping[str, str], data_dir: Path) -> str:
    given = _text(env, "SECRET_KEY", "")
    if given and len(given) < 16:
        raise Misconfigured("SECRET_KEY is too short. Give at least 16 random characters.")
    return given or _kept(data_dir / "secret_key", lambda: secrets.token_urlsafe(48))


def _metrics_token(env: Mapping[str, str]) -> str:
    """Without a token there are no metrics at all."""
    given = _text(env, "METRICS_TOKEN", "")
    if given and (len(given) < 16 or not given.isascii() or not given.isprintable()):
        raise Misconfigured(
            "METRICS_TOKEN is too short. Give at least 16 random letters, or leave it out."
        )
    return given


def _token_keys(env: Mapping[str, str], data_dir: Path) -> tuple[str, ...]:
    given = _text(env, "TOKEN_KEYS", "") or _kept(
        data_dir / "token_keys", lambda: Fernet.generate_key().decode()
    )
    keys = tuple(key.strip() for key in given.replace("\n", ",").split(",") if key.strip())
    for key in keys:
        try:
            Fernet(key)
        except ValueError as error:
            raise Misconfigured(
                "TOKEN_KEYS holds a key that is not a Fernet key (44 characters of base64)."
            ) from error
    if not keys:
        raise Misconfigured("TOKEN_KEYS names no key. Give one, or leave it out.")
    return keys


def _smtp(env: Mapping[str, str]) -> dict[str, object] | None:
    """The mail server, where the environment names one; else the owner does in Settings."""
    host = _text(env, "SMTP_HOST", "")
    if not host:
        return None
    security = _choice(env, "SMTP_SECURITY", ("starttls", "tls", "none"))
    usual = {"starttls": 587, "tls": 465, "none": 25}[security]
    name, address = parseaddr(_text(env, "SMTP_FROM", ""))
    if "@" not in address:
        raise Misconfigured(
            "SMTP_FROM names no address. Give the sender of all mails, like mail@example.com."
        )
    return {
        "host": host,
        "port": _number(env, "SMTP_PORT", usual, least=1, most=65535),
        "security": security,
        "username": _text(env, "SMTP_USER", ""),
        "password": env.get("SMTP_PASSWORD", ""),
        "from_address": address,
        "from_name": name,
    }


def _kept(path: Path, make: Callable[[], str]) -> str:
    """Read the secret kept in `path`, made there at the first start with mode 600."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(make() + "\n")
    except FileExistsError:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            path.chmod(0o600)
    return path.read_text().strip()


def _clock_file(env: Mapping[str, str], login_url: str) -> Path | None:
    """Tests move the clock with a file; beside the real Microsoft nobody can."""
    given = _text(env, "CLOCK_OFFSET_FILE", "")
    return Path(given) if given and urlsplit(login_url).hostname in LOOPBACK else None
