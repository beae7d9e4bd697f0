"""What everybody may see."""

from __future__ import annotations

from marshmallow import fields

from panel.api.v1.fields import Number, Shape


class ServiceSchema(Shape):
    id = Number(required=True)
    name = fields.String(required=True)
    category = fields.String(required=True, allow_none=True)
    duration_minutes = fields.Integer(required=True)
    price = fields.Float(required=True, allow_none=True)
    currency = fields.String(required=True)

    example = {
        "id": 1, "name": "First consultation", "category": "Consultations",
        "duration_minutes": 60, "price": 49.5, "currency": "EUR",
    }  # fmt: skip


class EmployeeSchema(Shape):
    id = Number(required=True)
    name = fields.String(required=True)
    service_ids = fields.List(Number(), required=True)

    example = {"id": 2, "name": "Anna Berg", "service_ids": [1, 3]}
