"""The Outlook integration as a whole: is it on, and with which registration."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import exists, select

from panel.db.base import ask, db
from panel.db.tables import Installation, OutlookSettings
from panel.outlook.registration import Registration
from panel.services.outside import Outside
from panel.services.sealing import unseal

SECRET = "client secret"  # noqa: S105
_KEPT = select(OutlookSettings).where(OutlookSettings.id == 1)
_COLUMNS = OutlookSettings.__table__.c
_BRIEF = select(
    _COLUMNS.enabled, _COLUMNS.client_id, _COLUMNS.client_secret, _COLUMNS.tenant,
    _COLUMNS.refused_at, _COLUMNS.secret_expires,
    exists().where(Installation.held_why.is_not(None)),
).where(_COLUMNS.id == 1)  # fmt: skip


class Brief(NamedTuple):
    """Of the owner's settings, what the health of each connection depends on."""

    enabled: bool = False
    client_id: str = ""
    client_secret: bytes | None = None
    tenant: str = ""
    refused_at: datetime | None = None
    secret_expires: date | None = None
    # The database was restored or copied, and nobody has said which.
    withheld: bool = False


def settings() -> OutlookSettings:
    """The owner's settings; the defaults where nobody has saved any."""
    kept = db.session.scalar(_KEPT)
    return kept if kept is not None else _defaults()


def brief() -> Brief:
    """The same in brief, without the cost of an entity."""
    kept = ask(_BRIEF).one_or_none()
    return Brief() if kept is None else Brief(*kept)


def registration(outside: Outside, kept: OutlookSettings | None = None) -> Registration | None:
    """The application registered at Microsoft, or None while it is not configured.

    `kept` are the settings, where they are at hand.
    """
    kept = kept or settings()
    if not configured(kept):
        return None
    assert kept.client_secret is not None
    return Registration(
        client_id=kept.client_id,
        client_secret=str(unseal(outside.keys, SECRET, kept.client_secret)["secret"]),
        tenant=kept.tenant,
        login_url=outside.login_url,
        graph_url=outside.graph_url,
    )


def configured(kept: OutlookSettings | Brief) -> bool:
    """Whether everything is there that a sign-in at Microsoft needs."""
    return bool(kept.client_id and kept.client_secret and kept.tenant)


def ready(kept: OutlookSettings) -> bool:
    """Whether employees may connect: switched on and configured (R1)."""
    return kept.enabled and configured(kept)


def _defaults() -> OutlookSettings:
    columns = OutlookSettings.__table__.columns
    plain = {one.name: one.default.arg for one in columns if one.default and one.default.is_scalar}
    return OutlookSettings(id=1, blocking_kinds=["busy", "oof"], **plain)
