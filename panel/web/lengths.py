"""Stretches of time as people type them: a number and its unit."""

from __future__ import annotations

from typing import Any

from flask import get_template_attribute
from wtforms import Field

UNITS = {"minutes": 1, "hours": 60, "days": 1440}
# What is longer than this is a slip of the finger, and no database holds it.
MOST_DIGITS = 6


class LengthField(Field):
    """A number and a unit, both sent under the field's name; its data are minutes."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.typed: tuple[str, str] | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed. Raises ValueError with a sentence."""
        if len(valuelist) != 2:
            return
        number, unit = valuelist[0].strip(), valuelist[1]
        self.typed = number, unit
        if not (number.isascii() and number.isdecimal()) or len(number) > MOST_DIGITS:
            raise ValueError("Write a whole number, like 2.")
        if unit not in UNITS:
            raise ValueError("Choose minutes, hours or days.")
        self.data = int(number) * UNITS[unit]

    def shown(self) -> tuple[str, str]:
        """Return the number and unit to show: as typed, else in the largest unit that fits."""
        return self.typed or in_units(self.data or 0)

    def widget(self, field: Field, **attributes: Any) -> str:
        """Draw both parts beside each other."""
        number, unit = self.shown()
        drawn: str = get_template_attribute("parts/lengths.html", "length")(
            field, number, unit, tuple(UNITS), attributes
        )
        return drawn


def in_units(minutes: int) -> tuple[str, str]:
    """Return minutes as a number of the largest unit that there are several of: 24 hours."""
    fits = [unit for unit, size in UNITS.items() if minutes % size == 0 and minutes > size]
    unit = fits[-1] if fits else "minutes" if minutes else "hours"
    return str(minutes // UNITS[unit]), unit
