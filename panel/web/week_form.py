"""The form of a week: any number of periods a day, added, removed and copied before it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from wtforms import FieldList, FormField, SelectField, SelectMultipleField
from wtforms import Form as PlainForm
from wtforms.validators import Optional

from panel.domain.errors import PanelError, RuleBroken
from panel.domain.schedule import Weekly
from panel.domain.week import DAY, KINDS, WEEKDAYS
from panel.web.forms import Form, options
from panel.web.hours import WallTimeField

# Most weeks are five days like Monday.
USUAL_COPY = [1, 2, 3, 4]


class PeriodForm(PlainForm):
    """From when to when, and for which services; one left empty is none."""

    starts = WallTimeField("From", [Optional()])
    ends = WallTimeField("To", [Optional()])
    services = SelectMultipleField("Services", coerce=int, validate_choice=False)

    def validate(self, **given: Any) -> bool:
        """Refuse half a period as well."""
        whole = super().validate(**given)
        for field in (self.starts, self.ends):
            if whole and not self.is_empty and field.data is None:
                field.errors, whole = ["Write both times."], False
        return bool(whole)

    @property
    def is_empty(self) -> bool:
        return self.starts.data is None and self.ends.data is None


@dataclass(frozen=True)
class Day:
    """One weekday of the form with the rows of its work hours and breaks."""

    number: int
    name: str
    work: list[Any]
    breaks: list[Any]


class WeekForm(Form):
    """Work hours and breaks of each weekday. A button with the name `do` only rearranges it."""

    copy_from = SelectField("Copy", choices=options(enumerate(WEEKDAYS)), coerce=int, default=0)
    copy_to = SelectMultipleField(
        "to", choices=options((n, name[:3]) for n, name in enumerate(WEEKDAYS)), coerce=int,
        default=USUAL_COPY,
    )  # fmt: skip

    def __init__(self, periods: Iterable[Any], offered: Sequence[Any]) -> None:
        kept = list(periods)
        super().__init__(
            data={_name(day, kind): _rows(kept, day, kind) for day in range(7) for kind in KINDS}
        )
        self.offered = options((one.id, one.name) for one in offered)
        # The row that is to be written into next, by its id; or the day whose row went.
        self.next_row = ""
        self._offer()

    @property
    def days(self) -> list[Day]:
        return [
            Day(n, name, self[_name(n, "work")].entries, self[_name(n, "break")].entries)
            for n, name in enumerate(WEEKDAYS)
        ]

    def arrange(self) -> str | None:
        """Do what a button asks, without saving, and say it; None where Save was pressed."""
        do, _, what = request.form.get("do", "").partition(" ")
        if not do:
            return None
        said = {"add": self._add, "remove": self._remove, "copy": self._copy}
        done = said[do](what) if do in said else ""
        self._offer()
        return done

    def periods(self) -> list[Weekly]:
        """Return what was typed, a period for each row that holds both its times."""
        return [
            # The midnight that begins a day may be written for the one that ends it.
            Weekly(weekday, kind, row.starts.data, row.ends.data or DAY, _only(row))
            for weekday, kind, row in self._filled()
        ]

    def blame(self, refused: PanelError) -> None:
        """Write a refusal to the end of the period at fault."""
        place, _, end = (isinstance(refused, RuleBroken) and refused.field or "").partition(".")
        if place.isdecimal():
            field = self._filled()[int(place)][2][end]
            field.errors = [*field.errors, str(refused)]
        else:
            super().blame(refused)

    def _filled(self) -> list[tuple[int, str, Any]]:
        """Return weekday, kind and form of every row that holds both its times."""
        return [
            (n, kind, entry.form)
            for n in range(7)
            for kind in KINDS
            for entry in self[_name(n, kind)].entries
            if entry.form.starts.data is not None and entry.form.ends.data is not None
        ]

    def _add(self, what: str) -> str:
        if what not in _NAMES:
            return ""
        entry = self[what].append_entry()
        self.next_row = entry.form.starts.id
        return f"A row is added to {_NAMES[what]}."

    def _remove(self, what: str) -> str:
        name, _, _ = what.rpartition("-")
        if name not in _NAMES:
            return ""
        field = self[name]
        field.entries = [one for one in field.entries if one.name != what]
        self.next_row = name
        return f"A row is removed from {_NAMES[name]}."

    def _copy(self, _what: str) -> str:
        source = self.copy_from.data if self.copy_from.data in range(7) else 0
        targets = [one for one in self.copy_to.data or () if one in range(7) and one != source]
        for target in targets:
            for kind in KINDS:
                rows = [one.data for one in self[_name(source, kind)].entries]
                field = self[_name(target, kind)]
                field.entries, field.last_index = [], -1
                for row in rows:
                    field.append_entry(row)
        names = ", ".join(WEEKDAYS[one] for one in targets)
        return f"{WEEKDAYS[source]} is copied to {names}." if names else ""

    def _offer(self) -> None:
        for day in self.days:
            for entry in day.work:
                entry.form.services.choices = self.offered


def _name(weekday: int, kind: str) -> str:
    return f"{WEEKDAYS[weekday].lower()}_{kind}"


_NAMES = {_name(n, kind): f"{day}, {kind}" for n, day in enumerate(WEEKDAYS) for kind in KINDS}

for _field, _words in _NAMES.items():
    setattr(WeekForm, _field, FieldList(FormField(PeriodForm), _words))


def _only(row: PeriodForm) -> frozenset[int] | None:
    return frozenset(row.services.data or ()) or None


def _rows(periods: Iterable[Any], weekday: int, kind: str) -> list[dict[str, Any]]:
    return [
        {"starts": one.starts, "ends": one.ends, "services": one.service_ids or []}
        for one in periods
        if (one.weekday, one.kind) == (weekday, kind)
    ]
