"""A question about an entry in words, with its answers, for messages.ask_box."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from panel.domain.schedule import Span
from panel.services.questions import KEPT_BY, Asked
from panel.web.frame import in_back_end
from panel.web.session import by
from panel.web.words import clock, day, day_span, stamp, wall

TITLES = {
    "moved": "Moved in Outlook. Keep which time?",
    "both_moved": "Moved on both sides.",
    "deleted": "Deleted in Outlook. Cancel the {subject}?",
    "reshaped": "Changed in Outlook. Keep which?",
}
NOUNS = {"appointment": "appointment", "occurrence": "date"}
SINCE = {"moved": "moved", "both_moved": "moved", "deleted": "since", "reshaped": "changed"}


@dataclass(frozen=True)
class Box:
    """One question as the ask box shows it. answers: (words, address), the safe one first."""

    id: str
    title: str
    reason: str
    here: tuple[str, str]
    there: tuple[str, str]
    answers: tuple[tuple[str, str], ...]


def first_customer(appointment: Any) -> str:
    """Whom the time of an appointment was promised to."""
    return next((one.customer.name for one in appointment.bookings), "")


def box(asked: Asked, customer: str = "") -> Box:
    """Put a question into words; `customer` is whom the time was promised to."""
    promised = "In Panel, promised to the customer" if customer else "In Panel"
    since = stamp(asked.opened_at)
    since = f"today at {clock(asked.opened_at)}" if since.startswith("Today") else f"on {since}"
    return Box(
        id=f"question-{asked.id}",
        title=TITLES[asked.kind].format(subject=NOUNS[asked.subject]),
        reason=f"{_reason(asked, customer)} {_untold(asked, customer)}".strip(),
        here=(promised, day_span(asked.here.starts, asked.here.ends)),
        there=(f"In Outlook, {SINCE[asked.kind]} {since}", _there(asked)),
        answers=tuple(
            (_words(asked, answer), _to(asked.id, answer))
            for answer in asked.answers
            if _may(asked, answer)
        ),
    )


def _reason(asked: Asked, customer: str) -> str:
    noun = NOUNS[asked.subject]
    if asked.kind == "deleted":
        return "The time stays taken until you answer."
    if asked.kind == "both_moved":
        promise = f", as {customer.split()[0]} was promised" if customer else ""
        return f"{_short(asked.here, asked.there)} counts{promise}."
    if asked.kind == "reshaped":
        return f"{_shape(asked)}, so the {noun} has not changed."
    rule = asked.rule if by().is_employee(asked.employee_id) else asked.theirs
    return f"{rule}, so the {noun} has not moved." if rule else f"The {noun} has not moved here."


def _shape(asked: Asked) -> str:
    if asked.called_off:
        return "There it is marked as cancelled"
    if asked.series:
        return "There it repeats now"
    if asked.days:
        return "There it takes the whole day now"
    return "There it has another length now"


def _untold(asked: Asked, customer: str) -> str:
    if asked.kind == "both_moved":
        return ""
    return f"{customer} has not been told." if customer else "Nobody has been told."


def _there(asked: Asked) -> str:
    if asked.kind == "deleted":
        return "Deleted"
    if asked.called_off:
        return "Cancelled"
    if asked.there is None:
        days = [day(date.fromisoformat(one)) for one in asked.days[:1]]
        return f"{' '.join(days)}, all day" if days else "All day"
    more = ", repeating" if asked.series else ""
    return f"{day_span(asked.there.starts, asked.there.ends)}{more}"


def _words(asked: Asked, answer: str) -> str:
    """The verb of an answer, which names its effect."""
    if answer == "cancel":
        return "Cancel the booking" if asked.subject == "appointment" else "Cancel the date"
    if answer == "keep":
        return f"Keep {_short(asked.here, asked.there)}"
    if answer == "accept":
        verb = "Take {} instead" if asked.kind == "both_moved" else "Accept {}"
        return verb.format(_short(asked.there, asked.here, whole=asked.kind == "reshaped"))
    if asked.kind == "moved":
        return f"Put back to {_short(asked.here, asked.there)}"
    return "Put it back"


def _short(one: Span | None, other: Span | None, *, whole: bool = False) -> str:
    """The time alone where both are on one day, else with the day."""
    assert one is not None
    begins = clock(one.starts)
    if whole:
        begins = f"{begins}–{clock(one.ends)}"
    same = other is not None and wall(one.starts).date() == wall(other.starts).date()
    return begins if same or other is None else f"{day(one.starts)}, {begins}"


def _may(asked: Asked, answer: str) -> bool:
    changes = answer in ("accept", "cancel")
    return not changes or by().may(KEPT_BY[asked.subject], asked.employee_id)


def _to(question_id: int, answer: str) -> str:
    name = f"{'backend_' if in_back_end() else ''}outlook_questions.answer"
    return url_for(name, question_id=question_id, answer=answer)
