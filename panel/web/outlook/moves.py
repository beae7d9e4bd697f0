"""Entries on their way, and what writing everything again would do, in words."""

from __future__ import annotations

from panel.web.outlook.sentences import Said
from panel.web.words import plural


def moving(done: tuple[int, int], calendar: str) -> Said:
    """How far the upcoming entries are on their way to another calendar."""
    there, total = done
    return Said(
        f"Moving {there} of {total} to {calendar}. Each entry is written there before it is "
        "taken from where it was. You can leave this page.",
        mark=f"Moving, {total - there} left",
    )


def said_moved(count: int) -> str:
    """Saved, and how many entries move to the calendar that is written now."""
    more = f" {plural(count, 'entry moves', 'entries move')} there." if count else ""
    return f"Saved.{more}"


def differences(create: int, update: int, delete: int) -> str:
    """What writing everything again would do."""
    return f"{create:,} to create, {update:,} to update, {delete:,} to delete"
