"""The choice of a time zone: some four hundred names, so it is drawn by a template of its own."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from flask import get_template_attribute
from markupsafe import Markup
from wtforms import StringField, ValidationError

from panel.domain.errors import RuleBroken
from panel.domain.moments import zone_named, zone_names


@cache
def _names() -> Markup:
    """All names as a list offers them, drawn once for the whole process."""
    drawn: Markup = _part("options")(zone_names())
    return drawn


@lru_cache(32)
def _offered(chosen: str) -> Markup:
    """The same with one marked, which is offered even where it is an old one."""
    names, option = _names(), _part("option")
    plain, marked = option(chosen), option(chosen, marked=True)
    if plain in names:
        return names.replace(plain, marked)
    return marked + names if chosen else names


def _part(name: str) -> Any:
    return get_template_attribute("parts/zones.html", name)


class ZoneSelectField(StringField):
    """One zone by its name. Written like any list, at a tenth of its cost."""

    def widget(self, field: StringField, **attributes: Any) -> str:
        """Draw the list with the chosen name marked; a name that is none is not offered."""
        drawn: str = _part("zones")(field.id, field.name, _offered(field.data or ""), attributes)
        return drawn

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no zone with a place."""
        try:
            zone_named(self.data or "")
        except RuleBroken as refused:
            raise ValidationError(str(refused)) from refused
