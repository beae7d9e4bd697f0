"""Photos of employees, as customers see them where they choose somebody."""

from __future__ import annotations

from datetime import datetime

from panel.db.base import writing
from panel.db.tables import Employee
from panel.domain.errors import NotThere
from panel.domain.people import Actor
from panel.services import pictures

# Twice the size at which a photo is shown, for fine screens.
LONGEST = 480


def set_photo(employee_id: int, content: bytes | None, *, by: Actor, now: datetime) -> None:
    """Show another photo of an employee, a PNG, JPEG or WebP; without content none.

    Raises RuleBroken on `photo`, NotAllowed, NotThere.
    """
    by.must_be_in_back_end()
    with writing() as session:
        employee = session.get(Employee, employee_id)
        if employee is None:
            raise NotThere("There is no such employee.")
        employee.photo_id = pictures.replace(
            session, employee.photo_id, content, longest=LONGEST, field="photo", now=now
        )
