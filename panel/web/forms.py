"""What every form shares: blame, and what was typed before it expired."""

from __future__ import annotations

from typing import Any

from flask import flash
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from wtforms import Field, PasswordField, StringField

from panel.domain.errors import PanelError, RuleBroken
from panel.web.security import typed_before


class Form(FlaskForm):
    """A form that keeps what was typed, and says in a sentence what is to be put right.

    Forgery is looked for before any view (security.py), so the token is only carried.
    """

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            """Read what was sent, or else what was typed into the same form before."""
            sent = super().wrap_formdata(form, formdata)
            return typed_before() if sent is None and formdata is _Auto else sent

        def bind_field(self, form: FlaskForm, unbound_field: Any, options: Any) -> Field:
            """Take blanks off both ends of what was typed, but never of a password."""
            field = unbound_field.bind(form=form, **options)
            if isinstance(field, StringField) and not isinstance(field, PasswordField):
                field.filters = (*field.filters, _stripped)
            return field

    def blame(self, refused: PanelError) -> None:
        """Write a refusal to the field at fault, or above the form where none is named."""
        name = refused.field if isinstance(refused, RuleBroken) else None
        if name and name in self and name != "csrf_token":
            self[name].errors = [*self[name].errors, str(refused)]
        else:
            say(refused)


def say(refused: PanelError) -> None:
    """Write a refusal above the page, its first sentence in strong words."""
    first, stop, rest = str(refused).partition(". ")
    flash((first + stop.strip(), rest), "act")


def _stripped(value: str | None) -> str | None:
    return value.strip() if isinstance(value, str) else value
