"""What was granted: codes, refresh tokens, access tokens, consents, browsers signed in."""

import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any, Generic, Self, TypeVar

from sandbox.store import Store

CODE_LIFE = timedelta(minutes=10)
REFRESH_LIFE = timedelta(days=90)
ACCESS_SECONDS = 3599
# Long on purpose: Microsoft's refresh tokens run to kilobytes, and whoever stores them
# in too small a column should find out here.
_REFRESH_BYTES = 900


@dataclass
class Record:
    """Something kept in the store; times are aware UTC instants."""

    def kept(self) -> dict[str, Any]:
        """Ready for JSON."""
        told = asdict(self)
        return {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in told.items()
        }

    @classmethod
    def read(cls, record: dict[str, Any]) -> Self:
        """Back from JSON."""
        moments = {f.name for f in fields(cls) if f.name.endswith("_at")}
        return cls(
            **{
                name: datetime.fromisoformat(value) if name in moments else value
                for name, value in record.items()
            }
        )


Kind = TypeVar("Kind", bound=Record)


@dataclass
class Code(Record):
    """An authorization code, bound to everything the authorize request said."""

    upn: str
    scopes: dict[str, str]
    redirect_uri: str
    tenant: str
    expires_at: datetime
    challenge: str = ""
    method: str = ""
    nonce: str = ""
    used: bool = False


@dataclass
class Refresh(Record):
    """A refresh token. `revoked` is why it no longer works, empty while it does."""

    upn: str
    scopes: dict[str, str]
    issued_at: datetime
    expires_at: datetime
    revoked: str = ""


@dataclass
class Access(Record):
    """An access token, good for Graph until `expires_at`."""

    upn: str
    scopes: list[str]
    expires_at: datetime


@dataclass
class Browser(Record):
    """A browser with the sandbox's cookie: who has signed in there, the latest first."""

    upns: list[str] = field(default_factory=list)


@dataclass
class Consent(Record):
    """What one person has let the application do, so far."""

    scopes: list[str]


class Shelf(Generic[Kind]):
    """Records of one kind by their secret, in memory and in the store."""

    def __init__(self, store: Store, name: str, read: Callable[[dict[str, Any]], Kind]) -> None:
        self._store, self._name = store, name
        self.items = {key: read(record) for key, record in store.all(name)}

    def keep(self, key: str, item: Kind) -> None:
        """Add it, or say that it changed."""
        self.items[key] = item
        self._store.put(self._name, key, item.kept())

    def drop(self, key: str) -> None:
        """Forget it."""
        self.items.pop(key, None)
        self._store.drop(self._name, key)


class Grants:
    """Everything identity remembers."""

    def __init__(self, store: Store) -> None:
        self.codes = Shelf(store, "code", Code.read)
        self.refreshes = Shelf(store, "refresh", Refresh.read)
        self.accesses = Shelf(store, "access", Access.read)
        self.browsers = Shelf(store, "browser", Browser.read)
        self.consents = Shelf(store, "consent", Consent.read)

    def code(self, code: Code) -> str:
        """A fresh code for this grant."""
        secret = f"0.AXk{secrets.token_urlsafe(60)}"
        self.codes.keep(secret, code)
        return secret

    def refresh(self, upn: str, scopes: dict[str, str], *, personal: bool, now: datetime) -> str:
        """A fresh refresh token; the older ones keep working."""
        start = "M.C5_BAY.0.U." if personal else "0.AXk"
        secret = start + secrets.token_urlsafe(_REFRESH_BYTES)
        self.refreshes.keep(secret, Refresh(upn, scopes, now, now + REFRESH_LIFE))
        return secret

    def access(self, secret: str, upn: str, scopes: list[str], *, now: datetime) -> None:
        """Let this access token in for the next hour; those long expired are forgotten."""
        self.accesses.keep(secret, Access(upn, scopes, now + timedelta(seconds=ACCESS_SECONDS)))
        for old in self._expired(now - timedelta(days=1)):
            self.accesses.drop(old)

    def _expired(self, before: datetime) -> list[str]:
        # Oldest first: the search ends at the first that still lives.
        expired = []
        for secret, access in self.accesses.items.items():
            if access.expires_at >= before:
                break
            expired.append(secret)
        return expired

    def consented(self, upn: str) -> list[str]:
        """The scopes this person has granted, in the order of asking."""
        consent = self.consents.items.get(upn)
        return consent.scopes if consent else []

    def consent(self, upn: str, scopes: list[str]) -> None:
        """Add to what was granted."""
        so_far = self.consented(upn)
        self.consents.keep(upn, Consent([*so_far, *(s for s in scopes if s not in so_far)]))

    def revoke(self, upn: str, why: str) -> None:
        """End this person's refresh tokens: `why` decides the refusal.

        With `consent` the consent is gone too; otherwise the person is signed out everywhere.
        """
        for secret, token in self.refreshes.items.items():
            if token.upn == upn:
                token.revoked = token.revoked or why
                self.refreshes.keep(secret, token)
        if why == "consent":
            self.consents.drop(upn)
            return
        for secret, browser in self.browsers.items.items():
            if upn in browser.upns:
                browser.upns.remove(upn)
                self.browsers.keep(secret, browser)
