"""Values as JSON holds them, each refusal a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from marshmallow import RAISE, Schema, fields, validate

# What a column of ids can hold, and the years within which anybody books.
MOST = 2**31 - 1
FIRST, END = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
DAY = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)
WITH_OFFSET = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE
)
NEEDED = {"required": "Give this.", "null": "Give a value, or leave it out."}


class Shape(Schema):
    """What all shapes share: a name that is not known is refused, so that no typo is lost.

    `example` is one whole value of it, for the document.
    """

    class Meta:
        unknown = RAISE

    error_messages = {
        "unknown": "There is no such field.",
        "type": "Send an object with names and values.",
    }
    example: Mapping[str, Any] = {}


class Words(fields.String):
    """Text without what no database keeps."""

    default_error_messages = {**NEEDED, "invalid": "Give text.", "invalid_utf8": "Give text."}

    def __init__(self, *, most: int, least: int = 0, **more: Any) -> None:
        said = f"Give {least} to" if least else "Give at most"
        length = validate.Length(least, most, error=f"{said} {most} characters.")
        super().__init__(validate=length, **more)

    def _deserialize(self, value: Any, *given: Any, **more: Any) -> str:
        text = str(super()._deserialize(value, *given, **more))
        if "\0" in text or not text.isascii() and not _encodes(text):
            raise self.make_error("invalid")
        return text


class Number(fields.Integer):
    """A whole number; in a query, its digits."""

    default_error_messages = {
        **NEEDED, "invalid": "Give a whole number.", "too_large": "Give a whole number.",
    }  # fmt: skip

    def __init__(self, *, least: int = 1, most: int = MOST, strict: bool = True, **more: Any):
        bounds = validate.Range(least, most, error=f"Give a whole number from {least} to {most}.")
        super().__init__(strict=strict, validate=bounds, **more)

    def _validated(self, value: Any) -> int:
        if isinstance(value, bool) or (self.strict and not isinstance(value, int)):
            raise self.make_error("invalid", input=value)
        return int(super()._validated(value))


class Choice(fields.String):
    """One of a few words."""

    default_error_messages = {**NEEDED, "invalid": "Give one of the words."}

    def __init__(self, words: Any, **more: Any) -> None:
        one = validate.OneOf(list(words), error=f"Give one of: {', '.join(words)}.")
        super().__init__(validate=one, **more)


class Tick(fields.Boolean):
    """True or false, and no other word for them."""

    default_error_messages = {**NEEDED, "invalid": "Give true or false."}
    truthy = {True}
    falsy = {False}

    def _deserialize(self, value: Any, *given: Any, **more: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Instant(fields.AwareDateTime):
    """A time of the clock with its offset; given out in the zone of what it belongs to."""

    default_error_messages = {
        **NEEDED,
        "invalid": "Give a time with its offset, like 2026-11-25T10:00:00+01:00.",
        "far": "Give a time from 2000 to 2099.",
    }

    def _deserialize(self, value: Any, *given: Any, **more: Any) -> datetime:
        if not isinstance(value, str) or not WITH_OFFSET.fullmatch(value):
            raise self.make_error("invalid")
        moment: datetime = super()._deserialize(value.upper(), *given, **more)
        # Compared before it is turned, which fails at both ends of the calendar.
        if not FIRST <= moment < END:
            raise self.make_error("far")
        return moment.astimezone(UTC)


class Day(fields.Date):
    """A date, YYYY-MM-DD."""

    default_error_messages = {
        **NEEDED,
        "invalid": "Give a date from 2000 to 2099, like 2026-11-25.",
    }

    def _deserialize(self, value: Any, *given: Any, **more: Any) -> date:
        if not isinstance(value, str) or not DAY.fullmatch(value):
            raise self.make_error("invalid")
        return super()._deserialize(value, *given, **more)


class SomeEmployee(fields.Raw):
    """The id of an employee, or "any"."""

    default_error_messages = {**NEEDED, "invalid": 'Give the id of an employee, or "any".'}

    def __init__(self, **more: Any) -> None:
        shapes = [{"type": "integer", "minimum": 1, "maximum": MOST}, {"const": "any"}]
        super().__init__(metadata={"anyOf": shapes}, **more)

    def _deserialize(self, value: Any, *given: Any, **more: Any) -> int | str:
        known = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST
        if not (known or value == "any"):
            raise self.make_error("invalid")
        return value


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
