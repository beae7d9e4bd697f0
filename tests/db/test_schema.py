"""One schema, reached by migrations from nothing, the same on every database."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import JSON, Boolean, Integer, MetaData, String, Table, Text, text

from panel.db.base import db
from panel.db.schema import bring_up_to_date


def test_the_migrations_make_the_tables_that_the_models_describe(house):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_to_come_up_to_date_twice_changes_nothing(house):
    bring_up_to_date()
    with db.engine.connect() as connection:
        versions = connection.execute(text("SELECT version_num FROM alembic_version")).all()
    assert len(versions) == 1


@pytest.mark.parametrize("table", sorted(db.metadata.tables))
def test_every_table_starts_empty(house, table):
    with db.engine.connect() as connection:
        assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0


def test_an_upgrade_keeps_every_row(house):
    """SQLite makes tables anew to change them; what pointed at them must stay."""
    downgrade(revision="0001")
    rows = first_rows()
    upgrade()
    with db.engine.connect() as connection:
        for table in rows:
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 1


def test_an_upgrade_leaves_what_customers_said_with_their_booking(house):
    downgrade(revision="0001")
    first_rows()
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE services SET price = 5800"))
        connection.execute(text("UPDATE bookings SET note = ''"))
        connection.execute(text("UPDATE appointments SET note = 'Left', status = 'cancelled'"))
    upgrade()
    with db.engine.connect() as connection:
        booking = connection.execute(text("SELECT note, price FROM bookings")).one()
        appointment = connection.execute(text("SELECT note, persons FROM appointments")).one()
    assert (tuple(booking), tuple(appointment)) == (("Left", 5800), ("", 0))


def first_rows() -> list[str]:
    """One row in each table of the first schema that another one points at, or from."""
    names = ["companies", "services", "employees", "customers", "appointments", "bookings"]
    names += ["employee_services", "work_periods", "events", "occurrences", "event_staff"]
    tables = MetaData()
    with db.engine.begin() as connection:
        tables.reflect(connection)
        for name in names:
            connection.execute(tables.tables[name].insert(), sample(tables.tables[name]))
    return names


def sample(table: Table) -> dict[str, object]:
    """A value for each column that wants one; whatever points somewhere points at row 1."""
    kinds = {String: "2026", Text: "", Boolean: True, Integer: 1, JSON: []}
    wanted = [one for one in table.columns if not one.nullable]
    return {
        one.name: next(value for kind, value in kinds.items() if isinstance(one.type, kind))
        for one in wanted
    }
