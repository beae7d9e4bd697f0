"""What the authority that signs people in says of itself, remembered for a while."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

import requests

from panel.domain.errors import OutlookUnavailable
from panel.outlook.exchange import exchange
from panel.outlook.registration import Registration

_REST = 300.0


@dataclass(frozen=True)
class Authority:
    """Its issuer, which may be a template with {tenantid}, and its signing keys by their ids."""

    issuer: str
    keys: Mapping[str, dict[str, Any]]


class SigningKeys:
    """The authorities asked so far. An unknown key has them asked again, at most every 5 min.

    One for the whole process; safe to share between threads.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, Authority]] = {}
        self._lock = Lock()

    def authority(
        self, registration: Registration, key_id: str, *, http: requests.Session, deadline: float
    ) -> Authority:
        """The authority, asked anew where it does not know the key. Raises OutlookUnavailable."""
        with self._lock:
            asked, known = self._known.get(registration.keys_url, (0.0, None))
            if known and (key_id in known.keys or monotonic() - asked < _REST):
                return known
            ends = monotonic() + deadline
            metadata = _read(http, registration.metadata_url, ends)
            listed = _read(http, registration.keys_url, ends)
            fresh = _understood(metadata, listed)
            self._known[registration.keys_url] = (monotonic(), fresh)
            return fresh


def _read(http: requests.Session, url: str, ends: float) -> dict[str, Any]:
    answer = exchange(http, "GET", url, seconds=ends - monotonic())
    if answer.status != 200 or answer.body is None:
        raise OutlookUnavailable
    return answer.body


def _understood(metadata: dict[str, Any], listed: dict[str, Any]) -> Authority:
    found = listed.get("keys")
    keys = {
        key["kid"]: key
        for key in (found if isinstance(found, list) else ())
        if isinstance(key, dict) and isinstance(key.get("kid"), str)
    }
    if not keys or not isinstance(metadata.get("issuer"), str):
        raise OutlookUnavailable
    return Authority(metadata["issuer"], keys)
