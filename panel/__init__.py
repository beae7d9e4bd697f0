"""Panel: the hallway. It sees every door, holds nothing and starts nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from panel import api, cli, db, web
from panel.db import tables
from panel.db.base import init_app as init_database
from panel.mail.server import Server
from panel.outlook.authorities import SigningKeys
from panel.outlook.pool import open_pool
from panel.services.installation import Place
from panel.services.mail_outside import MailOutside
from panel.services.outside import Outside
from panel.web import static_files
from panel.web.errors import Discreet

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Guests:
    """What comes from outside the house; web, api, jobs and cli hand it on."""

    now: Callable[[], datetime]
    outside: Outside
    mail: MailOutside
    place: Place


def create_app(settings: Mapping[str, Any]) -> Flask:
    """Build the application. Nothing is started, and no connection is opened."""
    app = Discreet(
        __name__,
        static_folder=str(ROOT / "static"),
        static_url_path=static_files.address(ROOT / "static"),
        template_folder=str(ROOT / "templates"),
    )
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = static_files.YEAR
    app.config.from_mapping(settings)
    app.url_map.strict_slashes = False
    app.extensions["panel"] = guests_of(settings)
    init_database(app)
    web.init_app(app)
    api.init_app(app)
    cli.init_app(app)
    return app


def guests_of(settings: Mapping[str, Any]) -> Guests:
    """Return who comes from outside under these settings."""
    now = _clock(settings.get("CLOCK_OFFSET_FILE"))
    return Guests(
        now=now,
        outside=_outside(settings, now),
        mail=_mail_outside(settings),
        place=Place(settings["DATA_DIR"] / "instance", settings["MACHINE"]),
    )


def _outside(settings: Mapping[str, Any], now: Callable[[], datetime]) -> Outside:
    """What the sync needs from outside: one pool of connections for the whole process."""
    return Outside(
        now=now,
        http=open_pool(settings["SYNC_THREADS"] + settings.get("SERVER_THREADS", 8)),
        login_url=settings["LOGIN_URL"],
        graph_url=settings["GRAPH_URL"],
        signing_keys=SigningKeys(),
        installation=settings["INSTALLATION"],
        keys=tuple(settings["TOKEN_KEYS"]),
        notify_url=settings["NOTIFY_URL"],
        poll_seconds=settings["POLL_SECONDS"],
    )


def _mail_outside(settings: Mapping[str, Any]) -> MailOutside:
    """What mails need from outside; a mail server only where the environment names one."""
    named = settings["SMTP"]
    return MailOutside(
        server=Server(**named) if named else None,
        public_url=settings["PUBLIC_URL"],
        secret=settings["SECRET_KEY"],
        keys=tuple(settings["TOKEN_KEYS"]),
    )


def _clock(offset_file: Path | None) -> Callable[[], datetime]:
    """Tell the time in UTC; where tests gave a file, moved by the seconds written in it."""
    if offset_file is None:
        return lambda: datetime.now(UTC)
    return lambda: datetime.now(UTC) + timedelta(seconds=float(offset_file.read_text() or 0))


__all__ = ["Guests", "create_app", "db", "guests_of", "tables"]
