"""One schema, reached by migrations from nothing, the same on every database."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

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
