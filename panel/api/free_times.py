"""Free times for programs and for the booking page: read, search, answer; nothing between."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import cast

from flask import Blueprint, Response, current_app, request

from panel.api.v1.operations import Operation, describe
from panel.api.v1.schemas.free_times import FreeTimesSchema, FreeTimesWantedSchema
from panel.domain.errors import RuleBroken
from panel.domain.moments import local
from panel.domain.open_hours import local_iso
from panel.services import company, free_times
from panel.services.free_times import FreeTimes, Search

pages = Blueprint("free_times", __name__, url_prefix="/api/v1")
USUAL_DAYS = 7


@pages.get("/free-times")
@describe(Operation(FreeTimesSchema, asks=FreeTimesWantedSchema, problems=(404,), public=True))
def show() -> Response:
    """Find the free starts of a service.

    With one employee or everybody who offers it, as local times with their offset in the
    `zone` that is named. A search calls nobody outside and asks nobody who they are.
    """
    now = cast(datetime, current_app.extensions["panel"].now())
    found = free_times.search(_asked(now), now=now)
    return Response(json.dumps(_told(found)), mimetype="application/json")


def _asked(now: datetime) -> Search:
    zone = request.args.get("zone", "")
    service = _number("service")
    if service is None:
        raise RuleBroken("Name a service by its number: service=1.", "service")
    return Search(
        service_id=service,
        first=_first(zone, now),
        days=USUAL_DAYS if (days := _number("days")) is None else days,
        zone=zone,
        employee_id=_number("employee"),
        persons=1 if (persons := _number("persons")) is None else persons,
    )


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    if text and not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise RuleBroken(f"{name} is a whole number, not {text[:40]}.", name)
    return int(text) if text else None


def _first(zone: str, now: datetime) -> date:
    text = request.args.get("from", "")
    if not text:
        return local(now, zone or company.current().zone).date()
    try:
        first = date.fromisoformat(text)
    except ValueError as error:
        raise RuleBroken(f"from is a date like 2026-11-25, not {text[:40]}.", "from") from error
    if not 2000 <= first.year < 2100:
        raise RuleBroken("from is a date between 2000 and 2099.", "from")
    return first


def _told(found: FreeTimes) -> dict[str, object]:
    zone = found.zone
    return {
        "service": found.service_id,
        "zone": zone,
        "as_of": found.as_of.isoformat(timespec="seconds"),
        "employees": [
            {
                "id": one.employee_id,
                "name": one.name,
                "free": [local_iso(minute, zone) for minute in one.minutes],
            }
            for one in found.employees
        ],
    }
