"""Who takes bookings."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint
from flask.typing import ResponseReturnValue

from panel.api.v1.operations import operation
from panel.api.v1.schemas.offers import EmployeeSchema
from panel.api.v1.schemas.shared import list_of
from panel.services import showcase

employees = Blueprint("v1_employees", __name__)


@employees.get("")
@operation(list_of(EmployeeSchema, "Employees"), public=True)
def index() -> ResponseReturnValue:
    """List the employees whom customers can book, with what each offers."""
    return {"items": [asdict(one) for one in showcase.employees()], "next": None}
