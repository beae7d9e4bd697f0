"""The tokens of one connection: kept sealed, renewed under the lease of its mailbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import update

from panel.db.base import db, fresh, writing
from panel.db.tables import Connection, Credential, OutlookSettings
from panel.domain.errors import PanelError, RegistrationRefused, SignInNeeded
from panel.domain.remote import TokenSet
from panel.outlook import signin
from panel.outlook.registration import Registration
from panel.services.outside import Outside
from panel.services.sealing import seal, unseal
from panel.services.sync.leases import Lease

EARLY = timedelta(minutes=5)
# A refresh token that Microsoft refuses once may have been rotated elsewhere meanwhile.
DOUBT = timedelta(seconds=60)


class Disconnected(PanelError):
    """The connection ended while it was being used; nothing more may be sent."""

    def __init__(self) -> None:
        super().__init__("This account has been disconnected.")


@dataclass
class Tokens:
    """Hands out access tokens for one connection, as the Outlook room asks for them.

    What was read once is good for the whole visit: only the holder of the lease renews a
    token, and whoever ends the connection shuts that holder out before its next request.
    """

    outside: Outside
    registration: Registration
    connection_id: int
    lease: Lease
    _known: tuple[int, TokenSet] | None = field(default=None, init=False, repr=False)

    def __call__(self, refused: str | None) -> str:
        """Return a token that is good for some minutes; another one than `refused`.

        Raises SignInNeeded, RegistrationRefused, OutlookUnavailable, LeaseLost, Disconnected.
        """
        version, tokens = self._known = self._known or self._kept()
        good = tokens.expires_at - self.outside.now() > EARLY
        if good and tokens.access_token != refused:
            return tokens.access_token
        return self._renew(version, tokens)

    def _renew(self, version: int, tokens: TokenSet) -> str:
        self._known = None
        self.lease.keep()
        try:
            renewed = signin.refresh(
                self.registration,
                tokens.refresh_token or "",
                http=self.outside.http,
                now=self.outside.now(),
                deadline=self.outside.deadline,
            )
        except SignInNeeded as refusal:
            self._doubt(version, refusal)
            raise
        except RegistrationRefused:
            refuse_registration(self.outside.now())
            raise
        self._keep(version, renewed)
        return renewed.access_token

    def _kept(self) -> tuple[int, TokenSet]:
        row = db.session.get(Credential, self.connection_id, populate_existing=True)
        kept = None if row is None else (row.version, opened(self.outside, row))
        fresh()
        if kept is None:
            raise Disconnected
        return kept

    def _keep(self, version: int, tokens: TokenSet) -> None:
        """Store the rotated token before the access token is used.

        A credential destroyed by a disconnect meanwhile is not brought back.
        """
        with writing() as session:
            self.lease.check(session)
            kept = update(Credential).where(
                Credential.connection_id == self.connection_id, Credential.version == version
            )
            sealed = sealed_tokens(self.outside, self.connection_id, tokens)
            stored = session.execute(kept.values(sealed=sealed, version=version + 1))
            if stored.rowcount != 1:  # type: ignore[attr-defined]
                raise Disconnected
            _trust(self.connection_id, self.outside.now())

    def _doubt(self, version: int, refusal: SignInNeeded) -> None:
        """Believe a refusal at once, but invalid_grant only when it comes a second time."""
        now = self.outside.now()
        with writing() as session:
            connection = session.get_one(Connection, self.connection_id)
            row = session.get(Credential, self.connection_id)
            if row is None or row.version != version:
                return
            first = connection.doubted_at
            connection.doubted_at = first or now
            sure = refusal.kind not in ("invalid_grant", "unauthorized")
            if sure or (first is not None and now - first >= DOUBT):
                connection.refused_at = connection.refused_at or now
                connection.refused_why = refusal.kind


@dataclass(frozen=True)
class Once:
    """Hands out one token; a second one is for the next regular visit to fetch."""

    token: str

    def __call__(self, refused: str | None) -> str:
        if refused is not None:
            raise SignInNeeded("unauthorized")
        return self.token


def _trust(connection_id: int, now: datetime) -> None:
    good = {"doubted_at": None, "refused_at": None, "refused_why": None}
    db.session.execute(update(Connection).where(Connection.id == connection_id).values(**good))
    db.session.execute(update(OutlookSettings).values(last_token_at=now, refused_at=None))


def refuse_registration(now: datetime) -> None:
    """Remember that Microsoft refuses the application itself: nobody is disconnected."""
    with writing() as session:
        session.execute(
            update(OutlookSettings)
            .where(OutlookSettings.refused_at.is_(None))
            .values(refused_at=now)
        )


def sealed_tokens(outside: Outside, connection_id: int, tokens: TokenSet) -> bytes:
    """Encrypt the tokens; the seal names their connection and opens in no other row."""
    return seal(
        outside.keys,
        _purpose(connection_id),
        {
            "access": tokens.access_token,
            "refresh": tokens.refresh_token,
            "expires": tokens.expires_at.isoformat(),
            "scopes": sorted(tokens.scopes),
        },
    )


def opened(outside: Outside, row: Credential) -> TokenSet:
    """Decrypt the tokens of one connection. Raises PanelError without the right key."""
    kept = unseal(outside.keys, _purpose(row.connection_id), row.sealed)
    return TokenSet(
        access_token=kept["access"],
        refresh_token=kept["refresh"],
        expires_at=datetime.fromisoformat(kept["expires"]),
        scopes=frozenset(kept["scopes"]),
    )


def _purpose(connection_id: int) -> str:
    return f"credential of connection {connection_id}"
