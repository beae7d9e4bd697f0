"""What customers are asked when they book a service, and what they answer."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from panel.db.base import db, writing
from panel.db.tables import Service, ServiceQuestion
from panel.domain.errors import NotThere, RuleBroken
from panel.domain.people import Actor
from panel.domain.words import line
from panel.services.ordering import number, step

KINDS = {"text": "Words", "choice": "One of several", "tick": "A tick"}
MOST_QUESTIONS, MOST_OPTIONS, LONGEST_ANSWER = 20, 30, 1000
TICKED = "Yes"

# Question and answer, as a booking keeps them.
Answers = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Question:
    """What is asked: `kind` is text, choice (one of `options`) or tick."""

    label: str
    kind: str = "text"
    options: tuple[str, ...] = ()
    required: bool = False


def of_service(service_id: int) -> list[ServiceQuestion]:
    """Return what a service asks, in its order."""
    return list(db.session.scalars(_asked(service_id)))


def one(question_id: int, *, of: int) -> ServiceQuestion:
    """Return one question of a service. Raises NotThere."""
    return _found(db.session.get(ServiceQuestion, question_id), of)


def add(service_id: int, question: Question, *, by: Actor) -> ServiceQuestion:
    """Ask one thing more, after all others. Raises RuleBroken, NotAllowed, NotThere."""
    by.must_be_in_back_end()
    with writing() as session:
        if session.get(Service, service_id) is None:
            raise NotThere("There is no such service.")
        rows = list(session.scalars(_asked(service_id)))
        if len(rows) >= MOST_QUESTIONS:
            raise RuleBroken(f"A service asks at most {MOST_QUESTIONS} questions.", "label")
        row = ServiceQuestion(service_id=service_id)
        _fill(row, question)
        session.add(row)
        number([*rows, row])
    return row


def edit(question_id: int, question: Question, *, of: int, by: Actor) -> ServiceQuestion:
    """Ask something else; answers that were given stay as they were asked.

    Raises RuleBroken, NotAllowed, NotThere.
    """
    by.must_be_in_back_end()
    with writing() as session:
        row = _found(session.get(ServiceQuestion, question_id), of)
        _fill(row, question)
    return row


def move(question_id: int, *, of: int, up: bool, by: Actor) -> None:
    """Ask one thing earlier or later. Raises NotAllowed, NotThere."""
    by.must_be_in_back_end()
    with writing() as session:
        row = _found(session.get(ServiceQuestion, question_id), of)
        step(session.scalars(_asked(of)).all(), row, up=up)


def remove(question_id: int, *, of: int, by: Actor) -> None:
    """Ask it no longer; answers that were given stay. Raises NotAllowed, NotThere."""
    by.must_be_in_back_end()
    with writing() as session:
        session.delete(_found(session.get(ServiceQuestion, question_id), of))


def answers(
    service_id: int, typed: Mapping[int, str], *, all_needed: bool = True
) -> tuple[tuple[str, str], ...]:
    """Return question and answer for each that was answered, as a booking keeps them.

    `typed` holds words by the id of the question; any words tick a tick. `all_needed` insists
    on what is required. Raises RuleBroken; its field is question_ and the id.
    """
    found = [
        (row.label, _answer(row, typed.get(row.id, "").strip(), needed=all_needed and row.required))
        for row in of_service(service_id)
    ]
    return tuple((label, answer) for label, answer in found if answer)


def renewed(kept: Iterable[Sequence[str]], asked: Container[str], said: Answers) -> list[list[str]]:
    """Return a booking's answers with those to what was `asked` (labels) now put anew.

    What was answered to other questions, as of another service, stays.
    """
    others = [list(pair) for pair in kept if pair[0] not in asked]
    return [*(list(pair) for pair in said), *others]


def _asked(service_id: int) -> Select[ServiceQuestion]:
    return (
        select(ServiceQuestion)
        .where(ServiceQuestion.service_id == service_id)
        .order_by(ServiceQuestion.position, ServiceQuestion.id)
    )


def _answer(row: ServiceQuestion, typed: str, *, needed: bool) -> str:
    field = f"question_{row.id}"
    if needed and not typed:
        refusals = {"choice": "Choose one of these.", "tick": "Tick this to go on."}
        raise RuleBroken(refusals.get(row.kind, "Answer this question."), field)
    if row.kind == "tick":
        return TICKED if typed else ""
    if row.kind == "choice" and typed and typed not in row.options:
        raise RuleBroken("Choose one of these.", field)
    if len(typed) > LONGEST_ANSWER:
        raise RuleBroken(f"That is too long: at most {LONGEST_ANSWER} characters fit here.", field)
    return typed


def _found(row: ServiceQuestion | None, service_id: int) -> ServiceQuestion:
    if row is None or row.service_id != service_id:
        raise NotThere("There is no such question.")
    return row


def _fill(row: ServiceQuestion, question: Question) -> None:
    row.label = line(question.label, "label", "the question its words", most=200)
    if question.kind not in KINDS:
        raise RuleBroken("Choose how it is answered.", "kind")
    row.kind, row.required = question.kind, question.required
    row.options = _options(question.options) if question.kind == "choice" else []


def _options(typed: tuple[str, ...]) -> list[str]:
    clean = [line(one, "options", "the choice its words") for one in typed if one.strip()]
    if len(set(clean)) != len(clean):
        raise RuleBroken("Two choices are the same.", "options")
    if not 2 <= len(clean) <= MOST_OPTIONS:
        raise RuleBroken(f"Give from 2 to {MOST_OPTIONS} choices, each on a line.", "options")
    return clean
