"""What every form shares: blame, and what was typed before it expired."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from flask import flash
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from wtforms import (
    DateField,
    Field,
    IntegerField,
    PasswordField,
    SelectChoice,
    StringField,
    TimeField,
)

from panel.domain.errors import InTheWay, PanelError, RuleBroken
from panel.web.inputs import is_line, line
from panel.web.security import typed_before

Done = TypeVar("Done")


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

        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Any:
            """Draw lines to type into with a part of ours, all else as WTForms does."""
            if is_line(field):
                return line(field, render_kw)
            return super().render_field(field, render_kw)

    in_the_way: InTheWay | None = None

    def sent(self, deed: Callable[[], Done]) -> Done | None:
        """Do what the form asks for, if it was sent and is whole; return what came of it.

        What the person can put right is written to the form instead.
        """
        return self.done(deed) if self.validate_on_submit() else None

    def done(self, deed: Callable[[], Done]) -> Done | None:
        """Do it; what the person can put right is written to the form instead."""
        try:
            return deed()
        except RuleBroken as refused:
            self.blame(refused)
            return None

    def blame(self, refused: PanelError) -> None:
        """Write a refusal to the field at fault, or above the form where none is named."""
        if isinstance(refused, InTheWay):
            # The page offers to do it anyway, beside the reason.
            self.in_the_way = refused
            return
        name = refused.field if isinstance(refused, RuleBroken) else None
        if name and name in self and name != "csrf_token":
            self[name].errors = [*self[name].errors, str(refused)]
        else:
            say(refused)


class Day(DateField):
    """A date, as browsers send it; the refusal says how to write one."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Write a date like 2026-11-25.") from error


class Clock(TimeField):
    """A wall time, with or without seconds."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, format=["%H:%M", "%H:%M:%S"], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Write a time like 14:30.") from error


class Number(IntegerField):
    """A whole number; the refusal says so."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Write a whole number, like 30.") from error


def options(pairs: Iterable[tuple[Any, str]]) -> list[SelectChoice]:
    """Return what a list offers, from values and their words."""
    return [SelectChoice(value, words) for value, words in pairs]


def say(refused: PanelError) -> None:
    """Write a refusal above the page, its first sentence in strong words."""
    first, stop, rest = str(refused).partition(". ")
    flash((first + stop.strip(), rest), "act")


def _stripped(value: str | None) -> str | None:
    return value.strip() if isinstance(value, str) else value
