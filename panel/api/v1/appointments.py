"""Appointments: list, book, move, reassign, cancel."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from panel.api.v1.door import by, now, outside
from panel.api.v1.operations import operation
from panel.api.v1.repeating import key
from panel.api.v1.schemas.appointments import (
    AppointmentChangeSchema,
    AppointmentSchema,
    AppointmentsWantedSchema,
    NewAppointmentSchema,
)
from panel.api.v1.schemas.shared import IfMatchSchema, RepeatSchema, list_of
from panel.api.v1.stretches import stretch
from panel.api.v1.telling import Json, tell, tell_all
from panel.domain.states import CANCELLED
from panel.services import appointment_lists, appointment_patches, feeds, program_bookings
from panel.services.appointment_patches import Change
from panel.services.booking_customers import Caller
from panel.services.program_bookings import Order
from panel.services.repeatables import is_known, once

appointments = Blueprint("v1_appointments", __name__)
ONE = "/<int:appointment_id>"
TAG = re.compile(r'"(\d{1,9})"', re.ASCII)


@appointments.get("")
@operation(list_of(AppointmentSchema, "Appointments"), asks=AppointmentsWantedSchema)
def index(query: dict[str, Any]) -> ResponseReturnValue:
    """List appointments by their start.

    At most `limit` at once; follow `next` until it is null.
    """
    size, cursor = query.pop("limit"), query.pop("cursor", None)
    found = feeds.appointments(by(), feeds.Wanted(**query), cursor=cursor, size=size)
    return stretch(tell_all(found.rows), found.cursor)


@appointments.post("")
@operation(
    AppointmentSchema, status=201, takes=NewAppointmentSchema, headers=RepeatSchema, problems=(409,)
)
def create(body: dict[str, Any]) -> ResponseReturnValue:
    """Book an appointment.

    The customer is known by their address, in capitals or not, or written down as new.
    `employee_id` "any" takes who has the fewest appointments that day. `starts_at` needs an
    offset. The rules of the public booking page hold, unless `anyway` is true: then only what
    cannot be at all is refused. `status` is by default the choice of the business.
    """
    order, sent = _order(body), key()
    if not is_known(sent, now=now()):
        program_bookings.look(order, outside=outside())
    done = once(
        sent, lambda session: tell(program_bookings.book(session, order, by=by(), now=now())),
        status=201, now=now(),
    )  # fmt: skip
    return _answer(done.body, done.status)


@appointments.get(ONE)
@operation(AppointmentSchema, problems=(404,))
def show(appointment_id: int) -> ResponseReturnValue:
    """Get one appointment.

    Its ETag is its revision, which a change can name as If-Match.
    """
    return _answer(tell(appointment_lists.one(appointment_id, by=by())))


@appointments.patch(ONE)
@operation(
    AppointmentSchema,
    takes=AppointmentChangeSchema,
    headers=IfMatchSchema,
    problems=(404, 409, 412),
)
def edit(appointment_id: int, body: dict[str, Any]) -> ResponseReturnValue:
    """Move, reassign or change the state of an appointment.

    Any of `starts_at`, `employee_id` and `status`; all of it happens, or nothing. Its length
    stays. A new time is one that customers are offered: `anyway` moves against the rules,
    knowingly.
    """
    anyway = body.pop("anyway")
    return _changed(appointment_id, _change(body), anyway=anyway)


@appointments.delete(ONE)
@operation(AppointmentSchema, headers=IfMatchSchema, problems=(404, 409, 412))
def cancel(appointment_id: int) -> ResponseReturnValue:
    """Cancel an appointment, with all its bookings.

    It stays to be read, as cancelled; its time is free again. What is cancelled already is
    answered as it is.
    """
    return _changed(appointment_id, Change(status=CANCELLED))


def _order(body: dict[str, Any]) -> Order:
    who = body["employee_id"]
    return Order(
        service_id=body["service_id"],
        employee_id=None if who == "any" else who,
        starts=body["starts_at"],
        customer=Caller(**body["customer"]),
        persons=body["persons"],
        note=body["note"],
        status=body.get("status"),
        anyway=body["anyway"],
    )


def _change(body: dict[str, Any]) -> Change:
    return Change(body.get("starts_at"), body.get("employee_id"), body.get("status"))


def _changed(appointment_id: int, wanted: Change, *, anyway: bool = False) -> Response:
    done = appointment_patches.change(
        appointment_id, wanted, by=by(), now=now(), revision=_revision(), anyway=anyway
    )
    return _answer(tell(done))


def _revision() -> int | None:
    """Return the revision that If-Match names; one that cannot be is never the present one."""
    named = request.headers.get("If-Match", "*").strip()
    found = TAG.fullmatch(named)
    return None if named == "*" else int(found[1]) if found else -1


def _answer(told: Json, status: int = 200) -> Response:
    answer = jsonify(told)
    answer.status_code = status
    answer.headers["ETag"] = f'"{told["revision"]}"'
    if status == 201:
        place = url_for(".show", appointment_id=told["id"], _external=True)
        answer.headers["Location"] = place
    return answer
