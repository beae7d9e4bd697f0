"""Who attends an event, as its page shows it: of one date, or of all its dates together."""

from __future__ import annotations

from typing import Any

from panel.domain.attendance import STATES
from panel.services import attendance_lists
from panel.services.attendance_lists import Attending, Tally
from panel.services.events import Event, Occurrence
from panel.services.paging import Page
from panel.web.lists import number, page_number
from panel.web.session import by, now
from panel.web.words import wall

SIZE = 50
HEADS = ("Name", "Email", "Phone", "Places", "State", "Price", "Note", "Answers", "Reference",
         "Booked at")  # fmt: skip


def attendees_of(event: Event) -> dict[str, Any]:
    """Return the attendees of the date that stands in the address, by default the next one."""
    date = chosen_date(event)
    full = attendance_lists.tallies([event.id], now=now())
    found = None
    if event.whole or date is not None:
        found = attendance_lists.attending(event, date.id if date else None, by=by())
    return {
        "attending": found,
        "attendees": paged(found) if found else None,
        "tally": full.get((event.id, date.id if date else None), Tally()),
        "full": full,
    }


def chosen_date(event: Event) -> Occurrence | None:
    """Return the date that is asked for, else the next, else the last; None where all are one."""
    if event.whole or not event.occurrences:
        return None
    asked = number("date")
    open_ = [one for one in event.occurrences if one.status == "open"]
    coming = [one for one in open_ if one.ends > now()]
    by_id = {one.id: one for one in event.occurrences}
    return by_id.get(asked or 0) or (coming or open_[-1:] or event.occurrences[-1:])[0]


def paged(found: Attending) -> Page[Any]:
    """Return one page of a long list of attendees."""
    total = len(found.rows)
    shown = min(max(1, page_number()), max(1, -(-total // SIZE)))
    return Page(found.rows[(shown - 1) * SIZE : shown * SIZE], shown, SIZE, total)


def cells(row: Any) -> tuple[object, ...]:
    """Return one attendee as a line of a spreadsheet."""
    who = row.customer
    answers = "; ".join(f"{question}: {said}" for question, said in row.answers)
    return (
        who.name, who.email, who.phone, row.places, STATES[row.status],
        None if row.price is None else row.price / 100, row.note, answers, row.reference,
        f"{wall(row.created_at):%Y-%m-%d %H:%M}",
    )  # fmt: skip
