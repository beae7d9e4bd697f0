"""Events as clients write them."""

from typing import Any

BERLIN = "W. Europe Standard Time"


def at(moment: str, zone: str = "UTC") -> dict[str, str]:
    return {"dateTime": moment, "timeZone": zone}


def event(day: str = "2026-09-07", hour: int = 9, zone: str = "UTC", **more: Any) -> dict[str, Any]:
    """An hour of work."""
    return {
        "subject": "Site visit",
        "start": at(f"{day}T{hour:02d}:00:00", zone),
        "end": at(f"{day}T{hour + 1:02d}:00:00", zone),
        **more,
    }


def weekly(day: str = "2026-09-07", weekday: str = "monday", **more: Any) -> dict[str, Any]:
    """An hour each week at nine in Berlin."""
    return event(
        day,
        zone=BERLIN,
        recurrence={
            "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": [weekday]},
            "range": {"type": "noEnd", "startDate": day},
        },
        **more,
    )


def window(start: str = "2026-09-01", end: str = "2026-10-01") -> str:
    return f"startDateTime={start}T00:00:00Z&endDateTime={end}T00:00:00Z"
