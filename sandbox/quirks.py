"""What Microsoft may or may not do, to be set either way and survived."""

from typing import Any

DEFAULTS: dict[str, Any] = {
    "search_lag_ms": 0,
    "delta_lag_ms": 0,
    "delta_replay": 0,
    "if_match": "honoured",
    "transaction_repeat": "same",
    "deleted_get": 404,
    "deleted_delete": 404,
    "immutable_moves": "added",
    "events_scope": "mailbox",
    "notifications": 1,
    "transient_412": 0,
}

CHOICES: dict[str, tuple[Any, ...]] = {
    "if_match": ("honoured", "ignored"),
    "transaction_repeat": ("same", "409", "new"),
    "deleted_get": (404, 200),
    "deleted_delete": (404, 403),
    "immutable_moves": ("added", "lost"),
    "events_scope": ("mailbox", "default"),
    "notifications": (0, 1, 2),
}

MEANINGS = {
    "search_lag_ms": "How long a search does not see a new entry, in milliseconds",
    "delta_lag_ms": "How long a delta round does not see a change, in milliseconds",
    "delta_replay": "Chance, 0 to 1, that a delta round repeats what it told before",
    "if_match": "Whether If-Match is honoured",
    "transaction_repeat": "What a repeated transactionId gives",
    "deleted_get": "What reading a deleted entry answers",
    "deleted_delete": "What deleting it again answers",
    "immutable_moves": "How a move between calendars looks to delta under immutable ids",
    "events_scope": "What /me/events covers",
    "notifications": "How often each notification is sent",
    "transient_412": "Chance, 0 to 1, of a 412 without any If-Match",
}


class QuirkRefused(ValueError):
    """The quirk or its value does not exist; the message says which do."""


def read(wish: Any) -> dict[str, Any]:
    """The whole set with what was not named at its default. Raises QuirkRefused."""
    if not isinstance(wish, dict) or set(wish) - set(DEFAULTS):
        raise QuirkRefused(f"The quirks are {', '.join(DEFAULTS)}.")
    return {name: _value(name, wish.get(name, usual)) for name, usual in DEFAULTS.items()}


def _value(name: str, value: Any) -> Any:
    if name in CHOICES:
        for choice in CHOICES[name]:
            if str(choice) == str(value):
                return choice
        raise QuirkRefused(f"{name} is one of {', '.join(map(str, CHOICES[name]))}.")
    try:
        number = float(value)
    except (TypeError, ValueError) as wrong:
        raise QuirkRefused(f"{name} is a number.") from wrong
    if number < 0 or (number > 1 and not name.endswith("_ms")):
        raise QuirkRefused(f"{name} is out of range.")
    return int(number) if number == int(number) else number
