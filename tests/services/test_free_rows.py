"""The search is answered from indexes alone, however long the history is."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, text
from sqlalchemy.dialects import postgresql, sqlite

from panel.db.base import db, engine_name, micros, writing
from panel.db.tables import Appointment, BusyBlock
from panel.services import free_rows
from tests.services import outlook_rows

# By the index that answers each.
STATEMENTS = {
    "ix_appointments_employee_starts": free_rows._APPOINTMENTS,
    "ix_busy_blocks_employee_starts": free_rows._BLOCKS,
    "ix_busy_blocks_spread": free_rows._SPREAD,
}
THEN = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture
def asked(studio):
    """A few days of Anna, after so many rows that a database has a reason to choose an index."""
    calendar = outlook_rows.calendar(studio.anna)
    then = [THEN + timedelta(hours=n) for n in range(3000)]
    both = studio.anna.id, studio.ben.id
    span = [{"starts": at, "ends": at + timedelta(hours=1), "employee_id": both[n % 2]}
            for n, at in enumerate(then)]  # fmt: skip
    visit = {"service_id": studio.massage.id, "local_start": "", "zone": "UTC", "tzdata": "",
             "status": "approved", "created_at": THEN}  # fmt: skip
    block = {"calendar_id": calendar.id, "show_as": "busy"}
    with writing() as session:
        session.execute(insert(Appointment), [{**one, **visit, "reference": f"R{n}"}
                                              for n, one in enumerate(span)])  # fmt: skip
        session.execute(insert(BusyBlock), [{**one, **block, "remote_id": f"r{n}"}
                                            for n, one in enumerate(span)])  # fmt: skip
    last = {"lower": micros(then[-200]), "upper": micros(then[-1]), "first": micros(then[-200])}
    return {"employees": [studio.anna.id], "kinds": ["busy", "oof"], **last}


def plan_of(statement, asked) -> list[str]:
    """What the database means to do, in its own words."""
    dialect = {"sqlite": sqlite.dialect, "postgresql": postgresql.dialect}[engine_name()]()
    spelt = statement.params(asked).compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    if engine_name() == "sqlite":
        return [row[3] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {spelt}"))]
    db.session.execute(text("ANALYZE"))
    db.session.execute(text("SET LOCAL enable_seqscan = off"))
    return list(db.session.scalars(text(f"EXPLAIN {spelt}")))


@pytest.mark.parametrize("index", STATEMENTS)
def test_it_is_answered_from_an_index(asked, index):
    table = index.removeprefix("ix_").removesuffix("_employee_starts").removesuffix("_spread")
    wanted = {
        "sqlite": f"SEARCH {table} USING COVERING INDEX {index} (employee_id=? AND ",
        # Which of its indexes depends on what it counted; that it reads no table whole, not.
        "postgresql": f"ix_{table}",
    }
    plan = plan_of(STATEMENTS[index], asked)
    assert any(wanted[engine_name()] in line for line in plan), plan
    assert not any(f"Seq Scan on {table}" in line for line in plan)


def test_what_lasts_for_days_is_read_from_its_own_small_index(asked):
    """On either database: else a search would read all that came before."""
    plan = plan_of(free_rows._SPREAD, asked)
    assert any("ix_busy_blocks_spread" in line for line in plan), plan
    assert not any("ix_busy_blocks_employee_starts" in line for line in plan), plan
