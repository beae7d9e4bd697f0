"""A service's own questions as fields of a form, and what was answered in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from flask import request
from wtforms import BooleanField, Field, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from panel.services import service_questions
from panel.services.service_questions import LONGEST_ANSWER, ServiceQuestion
from panel.web.forms import Form, options

F = TypeVar("F", bound="Asking")


class Asking(Form):
    """A form that asks what a service asks: `asked`, in its order."""

    asked_for: int | None = None
    asked: tuple[ServiceQuestion, ...] = ()

    def answers(self, *, all_needed: bool = False) -> tuple[tuple[str, str], ...]:
        """Return what was answered, as a booking keeps it. Raises RuleBroken."""
        if self.asked_for is None:
            return ()
        typed = {one.id: str(self[name_of(one)].data or "") for one in self.asked}
        return service_questions.answers(self.asked_for, typed, all_needed=all_needed)


class StaffAsking(Asking):
    """The same for staff, who need not answer. The questions may not have been on their page."""

    def was_asked(self) -> bool:
        """Say whether what was sent held these questions, so that an empty answer is one."""
        return request.form.get("asked") == str(self.asked_for)


def asking(
    kind: type[F], service_id: int | None, asked: Sequence[ServiceQuestion], *, needed: bool = False
) -> type[F]:
    """Return a kind of form with these questions; `needed` insists on what is required."""
    fields = {name_of(one): _field(one, needed=needed and one.required) for one in asked}
    more = {"asked_for": service_id, "asked": tuple(asked)}
    found: type[F] = type(kind.__name__, (kind,), {**fields, **more})
    return found


def staff_asking(kind: type[F], service_id: int | None) -> type[F]:
    """Return a kind of form with the questions of a service, none where there is no service."""
    asked = [] if service_id is None else service_questions.of_service(service_id)
    return asking(kind, service_id, asked)


def name_of(one: ServiceQuestion) -> str:
    """Return the name of a question's field, which refusals name too."""
    return f"question_{one.id}"


def filled(asked: Iterable[ServiceQuestion], answers: Iterable[Sequence[str]]) -> dict[str, Any]:
    """Return what a booking keeps as what such a form begins with."""
    said = {pair[0]: pair[1] for pair in answers}
    return {name_of(one): said[one.label] for one in asked if one.label in said}


def _field(one: ServiceQuestion, *, needed: bool) -> Field:
    told = f"Answer: {one.label}" if one.kind != "tick" else "Tick this to go on."
    rules: list[Any] = [InputRequired(told) if needed else Optional()]
    if one.kind == "tick":
        return BooleanField(one.label, rules)
    if one.kind == "choice":
        choices = options([("", "Choose"), *((each, each) for each in one.options)])
        return SelectField(one.label, rules, choices=choices)
    return StringField(one.label, [*rules, Length(max=LONGEST_ANSWER)])
