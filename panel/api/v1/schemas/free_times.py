"""Free times, as everybody may search them."""

from __future__ import annotations

from marshmallow import fields, validate

from panel.api.v1.fields import Day, Instant, Number, Shape, Words
from panel.api.v1.schemas.shared import about


class FreeTimesWantedSchema(Shape):
    service = Number(required=True, most=999_999_999)
    first = Day(data_key="from", metadata=about("The first day, by default today."))
    days = Number(most=62, load_default=7, metadata=about("How many days."))
    employee = Number(most=999_999_999, metadata=about("Only this employee."))
    zone = Words(
        most=64,
        metadata=about("Where the days are meant; by default where the business is."),
    )
    persons = Number(most=999_999_999, load_default=1, metadata=about("For so many persons."))


class FreeEmployeeSchema(Shape):
    id = Number(required=True)
    name = fields.String(required=True)
    free = fields.List(Instant(), required=True, validate=validate.Length(max=62 * 1440))


class FreeTimesSchema(Shape):
    service = Number(required=True)
    zone = fields.String(required=True)
    as_of = Instant(required=True, metadata=about("When this was true."))
    employees = fields.List(fields.Nested(FreeEmployeeSchema), required=True)

    example = {
        "service": 1, "zone": "Europe/Berlin", "as_of": "2026-11-20T14:00:00+00:00",
        "employees": [
            {
                "id": 2, "name": "Anna Berg",
                "free": ["2026-11-23T09:00:00+01:00", "2026-11-23T09:15:00+01:00"],
            }
        ],
    }  # fmt: skip
