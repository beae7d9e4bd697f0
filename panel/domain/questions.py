"""A question about a copy in words: what happened, by which rule, and what each answer does.

Said alike on the pages and in mails; only how times are written differs between them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from panel.domain.schedule import Span

# Each kind with the answers it takes, the safe one first.
ANSWERS = {
    "moved": ("back", "accept"),
    "reshaped": ("back", "accept", "cancel"),
    "deleted": ("back", "cancel"),
    "both_moved": ("keep", "accept"),
    "followed": ("undo",),
}
# This one asks for nothing: a move was followed, and can be undone until customers are told.
FOLLOWED = "followed"
# The permission that a change of each subject needs.
KEPT_BY = {"appointment": "appointments", "occurrence": "events"}
# Answers that change the appointment or the date itself, not only what stands in Outlook.
CHANGING = ("accept", "cancel")
NOUNS = {"appointment": "appointment", "occurrence": "date"}
TITLES = {
    "moved": "Moved in Outlook. Keep which time?",
    "both_moved": "Moved on both sides.",
    "deleted": "Deleted in Outlook. Cancel the {noun}?",
    "reshaped": "Changed in Outlook. Keep which?",
    "followed": "Moved in Outlook, and here as well.",
}


@dataclass(frozen=True)
class Asked:
    """An open question, with both times as the customer knows them.

    `there` is None where Outlook shows no time of an appointment; `days` are then its dates.
    `rule` is the sentence about the rule that the other time breaks, if one is broken: to the
    employee; `theirs` to anybody else. `acts_at`: when it answers itself. `told` are those who
    are told then.
    """

    id: int
    kind: str
    subject: str
    subject_id: int
    employee_id: int
    here: Span
    there: Span | None
    days: tuple[str, ...]
    series: bool
    called_off: bool
    rule: str
    theirs: str
    opened_at: datetime
    acts_at: datetime | None
    told: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Times:
    """How times are written for one reader: 10:00; Wed 25 Nov; both; and the date there."""

    clock: Callable[[datetime], str]
    day: Callable[[date], str]
    day_span: Callable[[datetime, datetime], str]
    date: Callable[[datetime], date]


def title(asked: Asked, times: Times) -> str:
    """Say what happened, and ask."""
    noun = NOUNS[asked.subject]
    if asked.kind == "deleted" and asked.acts_at is not None:
        return f"Deleted in Outlook. It will be cancelled at {_at(asked, times)}."
    return TITLES[asked.kind].format(noun=noun)


def reason(asked: Asked, times: Times, *, customer: str, own: bool) -> str:
    """Say by which rule it stands as it does, and what the customer knows.

    `own`: the reader is the employee whose Outlook it is.
    """
    return f"{_rule(asked, times, customer, own=own)} {_untold(asked, times, customer)}".strip()


def there(asked: Asked, times: Times) -> str:
    """What stands in Outlook."""
    if asked.kind == "deleted":
        return "Deleted"
    if asked.called_off:
        return "Cancelled"
    if asked.there is None:
        days = [times.day(date.fromisoformat(one)) for one in asked.days[:1]]
        return f"{' '.join(days)}, all day" if days else "All day"
    more = ", repeating" if asked.series else ""
    return f"{times.day_span(asked.there.starts, asked.there.ends)}{more}"


def verb(asked: Asked, answer: str, times: Times) -> str:
    """The words of an answer, which name its effect."""
    if answer == "cancel":
        thing = "booking" if asked.subject == "appointment" else "date"
        return f"Cancel the {thing}{' now' if asked.acts_at else ''}"
    if answer == "keep":
        return f"Keep {_short(asked.here, asked.there, times)}"
    if answer == "undo":
        return f"Undo, back to {_short(asked.here, asked.there, times)}"
    if answer == "accept":
        word = "Take {} instead" if asked.kind == "both_moved" else "Accept {}"
        whole = asked.kind == "reshaped"
        return word.format(_short(asked.there, asked.here, times, whole=whole))
    if asked.kind == "moved":
        return f"Put back to {_short(asked.here, asked.there, times)}"
    return "Keep it" if asked.acts_at else "Put it back"


def _rule(asked: Asked, times: Times, customer: str, *, own: bool) -> str:
    noun = NOUNS[asked.subject]
    if asked.kind == "deleted":
        return f"The time stays taken until {'then' if asked.acts_at else 'you answer'}."
    if asked.kind == "followed":
        return f"The new time breaks no rule, so the {noun} has moved."
    if asked.kind == "both_moved":
        promise = f", as {customer.split()[0]} was promised" if customer else ""
        return f"{_short(asked.here, asked.there, times)} counts{promise}."
    if asked.kind == "reshaped":
        return f"{_shape(asked)}, so the {noun} has not changed."
    rule = asked.rule if own else asked.theirs
    return f"{rule}, so the {noun} has not moved." if rule else f"The {noun} has not moved here."


def _shape(asked: Asked) -> str:
    if asked.called_off:
        return "There it is marked as cancelled"
    if asked.series:
        return "There it repeats now"
    if asked.days:
        return "There it takes the whole day now"
    return "There it has another length now"


def _untold(asked: Asked, times: Times, customer: str) -> str:
    if asked.kind == "both_moved":
        return ""
    if asked.kind == "followed":
        return _told_then(asked, times)
    if asked.acts_at is not None:
        who = customer or "Whoever booked"
        return f"{who} has not been told, and is told when it is cancelled."
    return f"{customer} has not been told." if customer else "Nobody has been told."


def _told_then(asked: Asked, times: Times) -> str:
    if not asked.told:
        return f"Nobody is told by mail. Until {_at(asked, times)} it can be undone."
    first, *others = asked.told
    more = f" and {len(others)} more are" if others else " is"
    return f"{first}{more} told at {_at(asked, times)}, unless you undo it before."


def _at(asked: Asked, times: Times) -> str:
    assert asked.acts_at is not None
    return times.clock(asked.acts_at)


def _short(one: Span | None, other: Span | None, times: Times, *, whole: bool = False) -> str:
    """The time alone where both are on one day, else with the day."""
    assert one is not None
    begins = times.clock(one.starts)
    if whole:
        begins = f"{begins}–{times.clock(one.ends)}"
    day = times.date(one.starts)
    same = other is not None and day == times.date(other.starts)
    return begins if same or other is None else f"{times.day(day)}, {begins}"
