"""Customers: list, write down, change, take off the lists."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from panel.api.v1.door import by, now
from panel.api.v1.operations import operation
from panel.api.v1.repeating import key
from panel.api.v1.schemas.customers import (
    CustomerChangeSchema,
    CustomerSchema,
    CustomersWantedSchema,
    NewCustomerSchema,
)
from panel.api.v1.schemas.shared import RepeatSchema, list_of
from panel.api.v1.stretches import stretch
from panel.api.v1.telling import tell_customer
from panel.services import customers as kept
from panel.services import feeds
from panel.services.repeatables import once

customers = Blueprint("v1_customers", __name__)
ONE = "/<int:customer_id>"


@customers.get("")
@operation(list_of(CustomerSchema, "Customers"), asks=CustomersWantedSchema)
def index(query: dict[str, Any]) -> ResponseReturnValue:
    """List the customers in the order they came.

    Each word of `search` must be in their name, address or phone.
    """
    found = feeds.customers(
        by(), search=query["search"], cursor=query.get("cursor"), size=query["limit"]
    )
    return stretch(map(tell_customer, found.rows), found.cursor)


@customers.post("")
@operation(CustomerSchema, status=201, takes=NewCustomerSchema, headers=RepeatSchema)
def create(body: dict[str, Any]) -> ResponseReturnValue:
    """Write down a customer."""
    done = once(
        key(), lambda session: tell_customer(kept.create_in(session, **body, by=by(), now=now())),
        status=201, now=now(),
    )  # fmt: skip
    place = url_for(".show", customer_id=done.body["id"], _external=True)
    return done.body, done.status, {"Location": place}


@customers.get(ONE)
@operation(CustomerSchema, problems=(404,))
def show(customer_id: int) -> ResponseReturnValue:
    """Get one customer."""
    return tell_customer(kept.one(customer_id, by=by()))


@customers.patch(ONE)
@operation(CustomerSchema, takes=CustomerChangeSchema, problems=(404,))
def edit(customer_id: int, body: dict[str, Any]) -> ResponseReturnValue:
    """Change a customer.

    What is not sent stays. The entries of upcoming appointments in Outlook follow.
    """
    known = tell_customer(kept.one(customer_id, by=by()))
    values = {name: body.get(name, known[name]) for name in ("name", "email", "phone", "note")}
    return tell_customer(kept.edit(customer_id, **values, by=by(), now=now()))


@customers.delete(ONE)
@operation(CustomerSchema, problems=(404,))
def deactivate(customer_id: int) -> ResponseReturnValue:
    """Take a customer off the lists.

    Nothing is deleted: their appointments stay, and whoever books with the same address again
    is back. A person's data are erased in the back end, by the owner.
    """
    return tell_customer(kept.set_active(customer_id, False, by=by()))
