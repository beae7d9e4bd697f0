"""Moments as Graph writes them: wall time and zone name, seven decimals."""

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from sandbox.errors import GraphError
from sandbox.zones import zone

NEVER = "0001-01-01T00:00:00Z"
FIRST_YEAR, LAST_YEAR = 1601, 4500  # between them Exchange keeps moments


def refused(message: str = "At least one property failed validation.") -> GraphError:
    """What Graph answers to a field it cannot keep."""
    return GraphError(400, "ErrorPropertyValidationFailure", message)


def unreadable(message: str) -> GraphError:
    """What Graph answers to a body of the wrong form."""
    return GraphError(400, "RequestBodyRead", message)


def read_wall(value: Any) -> tuple[datetime, str]:
    """A dateTimeTimeZone as an aware datetime in its own zone, and that zone's name.

    An offset written in the value is dropped: the zone beside it rules.
    """
    if not isinstance(value, dict) or not isinstance(value.get("dateTime"), str):
        raise unreadable("A dateTimeTimeZone needs a dateTime.")
    name = value.get("timeZone") or "UTC"
    if not isinstance(name, str):
        raise unreadable("Cannot convert a primitive value to the expected type 'Edm.String'.")
    try:
        written = datetime.fromisoformat(value["dateTime"])
    except ValueError:
        raise refused(f"The DateTime '{value['dateTime']}' cannot be read.") from None
    if not FIRST_YEAR < written.year < LAST_YEAR:
        raise refused(f"The DateTime '{value['dateTime']}' is out of range.")
    return written.replace(tzinfo=zone(name)), name


def write_wall(moment: datetime, target: tzinfo, name: str) -> dict[str, str]:
    """A moment as a dateTimeTimeZone in that zone."""
    return {"dateTime": digits(moment.astimezone(target)), "timeZone": name}


def write_date(moment: datetime, name: str) -> dict[str, str]:
    """The edge of an all-day event: midnight of its own date, whatever the zone says."""
    return {"dateTime": digits(moment), "timeZone": name}


def digits(moment: datetime) -> str:
    """ISO time without offset and with seven decimals."""
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "0"


def write_instant(moment: datetime) -> str:
    """An instant with seven decimals and a Z."""
    return digits(moment.astimezone(UTC)) + "Z"


def read_instant(text: str) -> datetime:
    """An instant out of a query; UTC where no offset is written. ValueError if unreadable."""
    moment = datetime.fromisoformat(text.strip().replace(" ", "+"))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def later(moment: datetime, span: timedelta) -> datetime:
    """The moment that much real time later, in the same zone."""
    return (moment.astimezone(UTC) + span).astimezone(moment.tzinfo)
