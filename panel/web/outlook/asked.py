"""A question about an entry in words, with its answers, for messages.ask_box."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from panel.domain.questions import CHANGING, FOLLOWED, KEPT_BY, Asked, Times, verb
from panel.domain.questions import reason as reason_of
from panel.domain.questions import there as there_of
from panel.domain.questions import title as title_of
from panel.web.addresses import address
from panel.web.frame import in_back_end
from panel.web.session import by
from panel.web.words import clock, day, day_span, stamp, wall

SINCE = {"moved": "moved", "both_moved": "moved", "deleted": "since", "reshaped": "changed"}
TIMES = Times(clock=clock, day=day, day_span=day_span, date=lambda instant: wall(instant).date())


@dataclass(frozen=True)
class Box:
    """One question as the ask box shows it. answers: (words, address), the safe one first.

    `voice` is ask, or work where nothing need be decided.
    """

    id: str
    title: str
    reason: str
    here: tuple[str, str]
    there: tuple[str, str]
    answers: tuple[tuple[str, str], ...]
    voice: str = "ask"


def first_customer(appointment: Any) -> str:
    """Whom the time of an appointment was promised to."""
    return next((one.customer.name for one in appointment.bookings), "")


def box(asked: Asked, customer: str = "", first: str = "") -> Box:
    """Put a question into words; `customer` is whom the time was promised to.

    `first` is the answer that somebody has come for, where they have chosen one already.
    """
    answers = [one for one in asked.answers if _may(asked, one)]
    answers.sort(key=lambda one: one != first)
    since = stamp(asked.opened_at)
    since = f"today at {clock(asked.opened_at)}" if since.startswith("Today") else f"on {since}"
    return Box(
        id=f"question-{asked.id}",
        title=title_of(asked, TIMES),
        reason=reason_of(asked, TIMES, customer=customer, own=by().is_employee(asked.employee_id)),
        here=(_promised(asked, customer), day_span(asked.here.starts, asked.here.ends)),
        there=(f"In Outlook, {SINCE.get(asked.kind, 'moved')} {since}", there_of(asked, TIMES)),
        answers=tuple((verb(asked, one, TIMES), _to(asked.id, one)) for one in answers),
        voice="work" if asked.kind == FOLLOWED else "ask",
    )


def _promised(asked: Asked, customer: str) -> str:
    if asked.kind == FOLLOWED:
        return "Until now, as promised" if customer else "Until now"
    return "In Panel, promised to the customer" if customer else "In Panel"


def _may(asked: Asked, answer: str) -> bool:
    return answer not in CHANGING or by().may(KEPT_BY[asked.subject], asked.employee_id)


def _to(question_id: int, answer: str) -> str:
    name = f"{'backend_' if in_back_end() else ''}outlook_questions.answer"
    return address(name, question_id=question_id, answer=answer)
