"""Customers, as they are kept."""

from __future__ import annotations

from marshmallow import fields

from panel.api.v1.fields import Instant, Number, Shape, Words
from panel.api.v1.schemas.shared import StretchSchema


class CustomersWantedSchema(StretchSchema):
    search = Words(most=200, load_default="")


class CustomerSchema(Shape):
    id = Number(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True)
    phone = fields.String(required=True)
    note = fields.String(required=True)
    active = fields.Boolean(required=True)
    created_at = Instant(required=True)

    example = {
        "id": 8, "name": "Lea Roth", "email": "lea@example.com", "phone": "", "note": "",
        "active": True, "created_at": "2026-11-16T14:04:05+00:00",
    }  # fmt: skip


class NewCustomerSchema(Shape):
    name = Words(least=1, most=120, required=True)
    email = Words(most=254, load_default="")
    phone = Words(most=40, load_default="")
    note = Words(most=2000, load_default="")

    example = {"name": "Lea Roth", "email": "lea@example.com"}


class CustomerChangeSchema(Shape):
    name = Words(least=1, most=120)
    email = Words(most=254)
    phone = Words(most=40)
    note = Words(most=2000)

    example = {"phone": "+49 30 1234"}
