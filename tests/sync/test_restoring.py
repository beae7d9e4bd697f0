"""A backup that is put back, and a copy of the whole: nothing is sent until the owner has said."""

import shutil
from pathlib import Path

import pytest

from panel.db import paper
from panel.db.backup import copy_to
from panel.db.base import db, engine_name, fresh
from panel.db.tables import Connection, Credential, Mail, Mirror
from panel.domain.errors import RuleBroken
from panel.domain.health import State, Why
from panel.services import connection_health, installation, mail_sending, restoring
from panel.services.installation import Place
from panel.services.sync import due
from tests.services.studio import OWNER


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path / "instance", "one")


@pytest.fixture
def guarded(linked, place):
    """An installation that has been running here for a while."""
    installation.check(place, now=linked.now())
    return linked


def minute(office, place):
    """What the clockwork does every minute, and everything else that is due."""
    fresh()
    installation.check(place, now=office.now())


def put_back(file: Path):
    """Put a backup in the place of the database, as docs/running.md says."""
    database = Path(db.engine.url.database)
    db.session.remove()
    db.engine.dispose()
    for one in database.parent.glob(f"{database.name}*"):
        one.unlink()
    shutil.copy(file, database)


def health(office):
    fresh()
    return connection_health.of_one(office.anna.id, now=office.now()).health


def backed_up(office, place, tmp_path):
    """One appointment is in the backup, another comes after it; both are in Outlook."""
    if engine_name() != "sqlite":
        pytest.skip("PostgreSQL is put back by its own program")
    office.book_at("10:00")
    office.agree()
    copy_to(tmp_path / "backup")
    office.book_at("14:00")
    office.agree()
    minute(office, place)
    put_back(tmp_path / "backup")
    minute(office, place)


def test_a_restored_backup_sends_nothing_until_the_owner_has_looked(guarded, place, tmp_path):
    backed_up(guarded, place, tmp_path)
    last = guarded.sandbox.last_request()
    assert health(guarded).why is Why.INSTALLATION
    guarded.forward(hours=3)
    guarded.book_at("16:00")
    guarded.sync()
    assert guarded.sandbox.last_request() == last and due.due_mailboxes(guarded.now()) == []
    assert mail_sending.due(guarded.now()) == []
    with pytest.raises(RuleBroken, match="restored or copied"):
        guarded.connect()


@pytest.fixture
def compared(guarded, place, tmp_path):
    """As docs/running.md leads through it: put back and compared, while both sides went on."""
    backed_up(guarded, place, tmp_path)
    guarded.move_there(guarded.event_at("10:00"), "11:00", "12:00")
    guarded.book_at("16:00")
    last = guarded.sandbox.last_request()
    restoring.restored(place, by=OWNER, now=guarded.now())
    for _ in range(3):
        guarded.sync()
        guarded.forward(seconds=16)
    assert guarded.writes(last) == []
    return guarded


def test_the_drill_shows_what_differs_before_the_first_write(compared):
    seen = restoring.preview()
    assert (seen.read, seen.mailboxes) == (1, 1)
    assert (seen.missing, seen.differing, seen.orphans) == (1, 1, 1)


def test_the_drill_loses_and_doubles_nothing(compared):
    restoring.go_on(by=OWNER, now=compared.now())
    compared.settle()
    # The one from after the backup stays, the new one came, the moved one waits for a decision.
    assert len(compared.there()) == 3 and len(restoring.orphans()) == 1
    assert health(compared).state is State.DECISION_NEEDED
    assert compared.sandbox.events(compared.upn, deleted=True) == []


def test_what_may_be_there_already_is_not_written_twice(guarded, place, tmp_path):
    backed_up(guarded, place, tmp_path)
    restoring.restored(place, by=OWNER, now=guarded.now())
    guarded.sync()
    again = guarded.book_at("14:00", anyway=True)
    restoring.go_on(by=OWNER, now=guarded.now())
    guarded.settle()
    assert guarded.mirror_of(again).state == "held" and len(guarded.there()) == 2


def test_a_hold_does_not_end_by_itself(guarded, place, tmp_path):
    backed_up(guarded, place, tmp_path)
    for clock in ("08:00", "09:00", "12:00", "13:00", "15:00", "17:00"):
        guarded.book_at(clock, anyway=True)
    guarded.forward(days=1)
    minute(guarded, place)
    assert installation.sends_nothing()


def test_another_machine_is_held_until_it_is_admitted(guarded, place, tmp_path):
    elsewhere = Place(place.file, "two")
    minute(guarded, elsewhere)
    assert installation.sends_nothing()
    installation.admit(elsewhere, now=guarded.now())
    for one in (elsewhere, place):
        minute(guarded, one)
        assert not installation.sends_nothing()


def test_without_its_file_a_database_is_held(guarded, place):
    place.file.unlink()
    minute(guarded, place)
    assert installation.sends_nothing() and not place.file.exists()


def test_a_copy_lets_go_of_everything_and_stands_for_itself(guarded, place):
    guarded.book_at("10:00")
    guarded.agree()
    before, last = paper.read(place.file).name, guarded.sandbox.last_request()
    minute(guarded, Place(place.file, "two"))
    assert restoring.copied(Place(place.file, "two"), by=OWNER, now=guarded.now()) == 1
    fresh()
    assert db.session.scalar(db.select(Credential.connection_id)) is None
    assert db.session.scalars(db.select(Connection.state)).all() == ["ended"]
    assert db.session.scalars(db.select(Mirror.remote_id)).all() == [None]
    assert "waiting" not in db.session.scalars(db.select(Mail.status)).all()
    assert guarded.sandbox.last_request() == last and len(guarded.there()) == 1
    assert paper.read(place.file).name not in ("", before)


def test_the_copy_takes_the_entries_of_the_first_for_strangers(guarded, place):
    guarded.book_at("10:00")
    guarded.agree()
    two = Place(place.file, "two")
    minute(guarded, two)
    restoring.copied(two, by=OWNER, now=guarded.now())
    assert guarded.connect().refused is None
    guarded.settle()
    # Its own copy beside the stranger's, which it never touches.
    assert len(guarded.there()) == 2 and restoring.orphans() == []
    names = {one["transactionId"].partition("-")[0] for one in guarded.there()}
    assert len(names) == 2
