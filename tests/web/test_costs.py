"""What a page costs: how many statements it asks, however much is booked."""

import pytest
from sqlalchemy import event

from panel.db.base import db
from tests.web.studio import Studio

# Each page with the most statements that it may ask.
PAGES = [
    ("/panel/", 7),
    ("/panel/calendar", 9),
    ("/panel/calendar?view=month", 9),
    ("/panel/appointments", 3),
    ("/panel/profile", 9),
    ("/admin/appointments", 4),
    ("/admin", 11),
    ("/admin/customers", 3),
    ("/admin/employees", 5),
    ("/admin/events", 2),
    ("/admin/journal", 4),
    ("/admin/services", 3),
    ("/admin/settings/logins", 2),
    ("/admin/settings/notifications", 4),
]


@pytest.fixture
def studio(house, clock):
    return Studio()


@pytest.fixture
def asked(house):
    statements = []

    def note(_connection, _cursor, statement, *_):
        if statement.startswith("SELECT"):
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(("path", "most"), PAGES)
def test_it_asks_no_more_statements_for_more_appointments(visitor, studio, asked, path, most):
    visitor.sign_in("owner@panel.test" if path.startswith("/admin") else "anna@panel.test")
    counts = []
    for how_many in (1, 6):
        for n in range(how_many):
            studio.booked(studio.anna, f"Lea Roth {n}", days=n % 2, hour=13 + n)
        asked.clear()
        visitor.get(path)
        counts.append(len(asked))
    assert max(counts) == min(counts) <= most
