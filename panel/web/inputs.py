"""A line to type into, drawn by a part of ours: WTForms writes attributes at ten times the cost."""

from __future__ import annotations

from typing import Any

from flask import get_template_attribute
from markupsafe import Markup
from wtforms import Field
from wtforms.widgets import Input, NumberInput, PasswordInput
from wtforms.widgets.core import clean_key


def is_line(field: Field) -> bool:
    """Say whether a field is drawn as WTForms draws any line, with nothing of its own."""
    widget, draws = field.widget, type(field.widget).__call__
    if draws is NumberInput.__call__:
        # It brings more only where it was told a step or an end.
        return widget.step is widget.min is widget.max is None
    return draws in (Input.__call__, PasswordInput.__call__)


def line(field: Field, given: dict[str, Any]) -> Markup:
    """Draw the line with what it holds, what its validators demand, and what a page gave it."""
    demanded = vars(field.flags)
    attributes = {
        "id": field.id,
        "name": field.name,
        "type": field.widget.input_type,
        # A password is never shown again.
        "value": "" if getattr(field.widget, "hide_value", False) else field._value(),
        **{key: demanded[key] for key in field.widget.validation_attrs if key in demanded},
        **(field.render_kw or {}),
        **given,
    }
    draw = get_template_attribute("parts/inputs.html", "line")
    drawn: Markup = draw({clean_key(key): value for key, value in attributes.items()})
    return drawn
