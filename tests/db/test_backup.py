"""A copy of the whole database, made while it is in use."""

import sqlite3
import stat
from contextlib import closing

import pytest

from panel import create_app
from panel.db import backup
from panel.db.base import engine_name, writing
from panel.db.tables import Customer
from tests import make
from tests.support.databases import release
from tests.support.settings import settings


@pytest.fixture
def sqlite(house):
    if engine_name() != "sqlite":
        pytest.skip("PostgreSQL copies itself")


def names(file):
    with closing(sqlite3.connect(file)) as copy:
        return [row[0] for row in copy.execute("SELECT name FROM customers")]


def test_it_holds_what_was_there(sqlite, tmp_path):
    make.customer(name="Lea Roth")
    size = backup.copy_to(tmp_path / "copy")
    assert names(tmp_path / "copy") == ["Lea Roth"]
    assert (tmp_path / "copy").stat().st_size == size
    assert not list(tmp_path.glob("copy-*"))


def test_only_its_owner_can_read_it(sqlite, tmp_path):
    backup.copy_to(tmp_path / "copy")
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600


def test_it_waits_for_nobody_who_writes(sqlite, tmp_path):
    make.customer(name="Lea Roth")
    with writing() as session:
        session.add(Customer(name="Half written", email="", created_at=make.THEN))
        session.flush()
        backup.copy_to(tmp_path / "copy")
    assert names(tmp_path / "copy") == ["Lea Roth"]


def test_it_overwrites_nothing(sqlite, tmp_path):
    (tmp_path / "copy").write_text("precious")
    with pytest.raises(backup.NoBackup, match="is there already"):
        backup.copy_to(tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "precious"


def test_it_says_where_it_cannot_write(sqlite, tmp_path):
    with pytest.raises(backup.NoBackup, match="cannot be written: No such file or directory"):
        backup.copy_to(tmp_path / "nowhere" / "copy")


def test_it_leaves_nothing_half_done(sqlite, tmp_path, monkeypatch):
    def fail(_file):
        raise sqlite3.OperationalError("disk is full")

    monkeypatch.setattr(backup, "_copy", fail)
    with pytest.raises(backup.NoBackup, match="disk is full. Nothing was kept"):
        backup.copy_to(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_postgresql_is_told_to_copy_itself(tmp_path):
    address = "postgresql://panel:secret@127.0.0.1:5432/panel"
    app = create_app(settings(tmp_path, DATABASE_URL=address))
    with app.app_context(), pytest.raises(backup.NoBackup) as refused:
        backup.copy_to(tmp_path / "copy")
    release(app)
    assert str(refused.value).endswith(
        f"pg_dump --format=custom --file={tmp_path}/copy postgresql://panel@127.0.0.1:5432/panel"
    )
