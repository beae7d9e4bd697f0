"""Read an open question from its row."""

from __future__ import annotations

from panel.db.tables import Question
from panel.domain.moments import read_span
from panel.domain.questions import ANSWERS, Asked
from panel.domain.schedule import Span


def asked_of(row: Question) -> Asked:
    """Return a question with the answers that make sense for it."""
    facts = row.facts
    here, there = read_span(facts["here"]), read_span(facts.get("there", ""))
    assert here is not None
    possible = ANSWERS[row.kind]
    if there is None or facts.get("series") or facts.get("called_off"):
        possible = tuple(one for one in possible if one != "accept")
    if there is not None and row.kind == "reshaped" and "accept" in possible:
        possible = tuple(one for one in possible if one != "cancel")
    return Asked(
        id=row.id,
        kind=row.kind,
        subject=row.subject,
        subject_id=row.subject_id,
        employee_id=row.employee_id,
        here=Span(*here),
        there=Span(*there) if there else None,
        days=tuple(facts.get("days", ())),
        series=bool(facts.get("series")),
        called_off=bool(facts.get("called_off")),
        rule=str(facts.get("rule", "")),
        theirs=str(facts.get("theirs", "")),
        opened_at=row.opened_at,
        acts_at=row.acts_at,
        told=tuple(facts.get("told", ())),
        answers=possible,
    )
