"""The ids of Exchange: long, case-sensitive, opaque to everybody but this module.

Two forms of one item: the default one changes when the item moves to another calendar, the
immutable one does not. An occurrence's id names its series, its day and the series' schedule, so
that a rescheduled series has new occurrences.
"""

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass
from datetime import date

from sandbox.errors import GraphError

ITEM, IMMUTABLE, CALENDAR = 1, 2, 3
_PREFIX = {ITEM: b"\x00\x03\x24", IMMUTABLE: b"\x00\x09\x00", CALENDAR: b"\x00\x03\x24"}
_FORM = struct.Struct(">8sBIHHI")
_SEAL = 62


@dataclass(frozen=True, slots=True)
class Name:
    """What an id says."""

    form: int
    key: int
    moves: int = 0
    schedule: int = 0
    day: date | None = None


def home(object_id: str) -> bytes:
    """Eight bytes that mark all ids of one mailbox."""
    return hashlib.blake2b(object_id.encode(), digest_size=8).digest()


def write(mailbox: bytes, name: Name) -> str:
    """The id that says this."""
    day = name.day.toordinal() if name.day else 0
    said = _FORM.pack(mailbox, name.form, name.key, name.moves, name.schedule, day)
    seal = hashlib.blake2b(said, digest_size=_SEAL).digest()
    return base64.urlsafe_b64encode(_PREFIX[name.form] + said + seal).decode()


def read(mailbox: bytes, text: str) -> Name:
    """What this id says. GraphError 400 if it is no id, 404 if it is another mailbox's."""
    try:
        raw = base64.urlsafe_b64decode(text.replace("+", "-").replace("/", "_"))
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != 3 + _FORM.size + _SEAL:
        raise GraphError(400, "ErrorInvalidIdMalformed", "Id is malformed.")
    said = raw[3 : 3 + _FORM.size]
    owner, form, key, moves, schedule, day = _FORM.unpack(said)
    seal = hashlib.blake2b(said, digest_size=_SEAL).digest()
    if owner != mailbox or raw[3 + _FORM.size :] != seal or raw[:3] != _PREFIX.get(form):
        raise missing()
    return Name(form, key, moves, schedule, date.fromordinal(day) if day else None)


def missing() -> GraphError:
    """What Graph answers for something that is not there."""
    return GraphError(404, "ErrorItemNotFound", "The specified object was not found in the store.")


def change_key(mailbox: bytes, key: int, change: int) -> str:
    """The changeKey of one version of one item."""
    return base64.b64encode(mailbox + struct.pack(">IQ", key, change)).decode()


def ical_uid(mailbox: bytes, key: int, day: date | None = None) -> str:
    """An iCalUId; it differs for each occurrence of a series."""
    when = f"{day.year:04X}{day.month:02X}{day.day:02X}" if day else "00000000"
    tail = hashlib.blake2b(mailbox + key.to_bytes(8, "big"), digest_size=24).hexdigest().upper()
    return f"040000008200E00074C5B7101A82E008{when}{tail}"
