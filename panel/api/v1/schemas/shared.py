"""Shapes that several operations share."""

from __future__ import annotations

from functools import cache
from typing import Any

from marshmallow import Schema, fields

from panel.api.v1.fields import Number, Shape, Words


def about(words: str, **more: Any) -> dict[str, Any]:
    """Return what the document says about a field."""
    return {"description": words, **more}


class ProblemSchema(Shape):
    """A refusal, by RFC 9457."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True, metadata=about("A sentence for people."))
    code = fields.String(required=True, metadata=about("A word for programs; it stays as it is."))
    errors = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        metadata=about("Sentences by field, where fields are at fault."),
    )

    example = {
        "type": "about:blank", "title": "Conflict", "status": 409, "code": "slot_taken",
        "detail": "Nobody is free then. Choose another time.",
    }  # fmt: skip


class StretchSchema(Shape):
    """Where a list goes on."""

    cursor = Words(most=200, metadata=about("Comes with the address in next."))
    limit = Number(most=100, load_default=50, strict=False, metadata=about("How many at once."))


class RepeatSchema(Shape):
    """What may be sent again without being done again."""

    key = Words(
        least=1,
        most=200,
        data_key="Idempotency-Key",
        metadata=about(
            "Any text that is new for each request. The same request sent again within 24 hours "
            "with the same key is not done again: its first answer comes back."
        ),
    )


class IfMatchSchema(Shape):
    """What lets a change happen only to what was read before."""

    tag = fields.String(
        data_key="If-Match",
        metadata=about(
            'The ETag that was read, as "3". Where it is another one by now, nothing is changed '
            "and the answer is 412."
        ),
    )


@cache
def list_of(shape: type[Shape], name: str) -> type[Schema]:
    """Return the shape of a list: items, and the address of the next stretch or null."""
    return Shape.from_dict(
        {
            "items": fields.List(fields.Nested(shape), required=True),
            "next": fields.URL(required=True, allow_none=True),
            "example": {"items": [shape.example], "next": None},
        },
        name=name,
    )
