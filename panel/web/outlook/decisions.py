"""What waits for a decision, as lists show it: each question with its answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g

from panel.services import held, questions
from panel.services.waiting import Waiting, waiting
from panel.web.outlook.asked import Box, box
from panel.web.session import by


@dataclass(frozen=True)
class Decision:
    """One open question, and how it is asked."""

    about: Waiting
    box: Box


def decisions(employee_id: int | None = None) -> list[Decision]:
    """The open questions that the reader may see, narrowed to one employee."""
    # They were counted for the navigation, and mostly there are none.
    if not g.standing.questions:
        return []
    rows = waiting(by(), employee_id=employee_id)
    asked = {one.id: one for one in questions.these(*(row.question_id for row in rows))}
    return [
        Decision(row, box(asked[row.question_id], row.customer))
        for row in rows
        if row.question_id in asked
    ]


def waiting_for(employee_id: int | None = None) -> dict[str, Any]:
    """What a first page shows: questions, and deletions that are held, of one employee or all."""
    waits = g.standing.questions
    return {
        "questions": decisions(employee_id),
        "held": held.open_ones(by(), employee_id=employee_id) if waits else [],
    }
