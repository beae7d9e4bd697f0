"""Keep secrets so that the database alone does not give them away."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from panel.domain.errors import PanelError


class Unreadable(PanelError):
    """A secret was sealed with a key that is not here, or for another purpose."""


def seal(keys: Sequence[str], purpose: str, data: dict[str, Any]) -> bytes:
    """Encrypt `data` with the newest key, the first.

    `purpose` names the row that the secret is for; it is bound inside, so that a blob
    copied into another row is refused there.
    """
    text = json.dumps({"for": purpose, "data": data}, separators=(",", ":"))
    return _ring(keys).encrypt(text.encode())


def unseal(keys: Sequence[str], purpose: str, blob: bytes) -> dict[str, Any]:
    """Return what was sealed for this purpose, with any of the keys. Raises Unreadable."""
    try:
        inside = json.loads(_ring(keys).decrypt(blob))
    except InvalidToken as error:
        raise Unreadable(
            "A stored secret cannot be read: the key in TOKEN_KEYS is not the one it was made with."
        ) from error
    if inside["for"] != purpose:
        raise Unreadable("A stored secret belongs to something else, so it was not used.")
    data: dict[str, Any] = inside["data"]
    return data


def opens(keys: Sequence[str], blob: bytes) -> bool:
    """Say whether any of the keys opens this secret, whatever it is for."""
    try:
        _ring(keys).decrypt(blob)
    except InvalidToken:
        return False
    return True


def sealed_anew(keys: Sequence[str], blob: bytes) -> bytes:
    """Return the same secret under the newest key. Raises Unreadable."""
    try:
        return _ring(keys).rotate(blob)
    except InvalidToken as error:
        raise Unreadable("A stored secret cannot be read with any of the keys.") from error


def _ring(keys: Sequence[str]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
