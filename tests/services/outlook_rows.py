"""What Outlook said of an employee, as rows; for tests of what follows from it."""

import itertools
from datetime import timedelta
from typing import Any

from panel.db.tables import (
    BusyBlock,
    Connection,
    Mailbox,
    Mirror,
    OutlookSettings,
    Question,
    RemoteCalendarRow,
)
from panel.domain.moments import iso_span
from tests import make
from tests.services.studio import NOON

numbers = itertools.count(1)


def integration(**given: Any) -> OutlookSettings:
    return make.save(OutlookSettings(**{"id": 1, "enabled": True, **given}))


def calendar(employee: Any, **given: Any) -> RemoteCalendarRow:
    """Connect an employee and return their blocking calendar."""
    number = next(numbers)
    mailbox = make.save(Mailbox(tenant_id="t", object_id=f"o{number}"))
    make.save(
        Connection(
            employee_id=employee.id, mailbox_id=mailbox.id, state="active", name=employee.name,
            address="anna@contoso.test", kind="work", client_id="c", tenant="common", since=NOON,
        )
    )  # fmt: skip
    usual = {"name": "Calendar", "can_edit": True, "is_default": True, "is_blocking": True}
    row = {"mailbox_id": mailbox.id, "remote_id": f"c{number}"}
    return make.save(RemoteCalendarRow(**row | usual | given))


def block(calendar: Any, employee: Any, **given: Any) -> BusyBlock:
    """Put an entry of `starts` and `ends` into a calendar."""
    row = {"employee_id": employee.id, "calendar_id": calendar.id, "show_as": "busy"}
    usual = {"remote_id": f"b{next(numbers)}", "title": "Dentist", "counts": True}
    return make.save(BusyBlock(**row | usual | given))


def mirror(appointment: Any, mailbox_id: int | None = None, **given: Any) -> Mirror:
    row = {"subject": "appointment", "subject_id": appointment.id, "mailbox_id": mailbox_id}
    usual = {"employee_id": appointment.employee_id, "state": "linked"}
    return make.save(Mirror(**row | usual | given))


def question(mirror: Any, **given: Any) -> Question:
    row = {"mirror_id": mirror.id, "subject": mirror.subject, "subject_id": mirror.subject_id}
    facts = {"here": iso_span(NOON, NOON + timedelta(hours=1))}
    usual = {"employee_id": mirror.employee_id, "kind": "moved", "opened_at": NOON, "facts": facts}
    return make.save(Question(**row | usual | given))
