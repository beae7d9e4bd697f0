"""The schema's version: how far this database has come, and how far it should be."""

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import upgrade

from panel.db.base import db
from panel.domain.errors import PanelError


class NewerDatabase(PanelError):
    """The database was written by a newer Panel."""


def bring_up_to_date() -> None:
    """Run the migrations that this database lacks. Raises NewerDatabase."""
    config = current_app.extensions["migrate"].migrate.get_config()
    script = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in script.walk_revisions()}
    with db.engine.connect() as connection:
        there = set(MigrationContext.configure(connection).get_current_heads())
    if there - known:
        raise NewerDatabase(
            f"This database was made by a newer Panel (revision {', '.join(there - known)}). "
            "Install that version, or restore the backup made before the upgrade."
        )
    if there != set(script.get_heads()):
        upgrade()
