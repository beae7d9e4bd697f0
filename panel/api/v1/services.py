"""What can be booked."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from panel.api.v1.operations import operation
from panel.api.v1.schemas.offers import ServiceSchema
from panel.api.v1.schemas.shared import list_of
from panel.services import showcase

services = Blueprint("v1_services", __name__)


@services.get("")
@operation(list_of(ServiceSchema, "Services"), public=True)
def index() -> ResponseReturnValue:
    """List the services that customers can book.

    In the order of the booking page. `price` is in units of `currency`, null where none is
    named.
    """
    items = [
        {
            "id": one["id"],
            "name": one["name"],
            "category": one["category"],
            "duration_minutes": one["duration"],
            "price": None if one["price"] is None else one["price"] / 100,
            "currency": one["currency"],
        }
        for one in showcase.services()
    ]
    return {"items": items, "next": None}
