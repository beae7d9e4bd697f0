"""Moments are instants, and what is written is written whole."""

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from panel.db.base import EPOCH, Moment, at_rest, db, fixed, fresh, micros, writing
from panel.db.tables import Customer, Heartbeat
from tests import make

THEN = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)
EARLIEST = EPOCH.replace(year=1900, tzinfo=None)


@given(st.datetimes(min_value=EARLIEST, timezones=st.timezones()))
def test_a_moment_comes_back_as_the_same_instant(moment):
    kept = Moment().process_bind_param(moment, None)
    # In UTC: Python calls no time that comes twice equal to one of another zone.
    assert Moment().result_processor(None, None)(kept) == moment.astimezone(UTC)


def test_a_moment_is_whole_microseconds(house):
    make.save(Heartbeat(name="x", at=THEN))
    db.session.expire_all()
    assert db.session.get(Heartbeat, "x").at == THEN


def test_it_refuses_a_naive_time():
    with pytest.raises(ValueError, match="has no time zone"):
        micros(THEN.replace(tzinfo=None))


def test_every_zone_counts_alike():
    berlin = THEN.astimezone(timezone(timedelta(hours=2)))
    assert micros(berlin) == micros(THEN) == (THEN - EPOCH) // timedelta(microseconds=1)


def test_a_failure_writes_nothing(house):
    with pytest.raises(RuntimeError), writing() as session:
        session.add(Customer(name="Lea", created_at=THEN))
        raise RuntimeError("a change of mind")
    assert db.session.scalars(select(Customer)).all() == []


def test_no_transaction_stays_open(house):
    make.customer()
    assert at_rest()


def test_it_refuses_what_points_nowhere(house):
    with pytest.raises(Exception, match="(?i)foreign key"):
        make.employee(user_id=4711)


def test_nothing_is_lost_when_many_write(house):
    """Reads and the updates that follow them stand in one transaction."""
    lea = make.customer(note="0").id

    def count():
        with house.app_context():
            for _ in range(10):
                with writing() as session:
                    row = session.get(Customer, lea, with_for_update=True)
                    row.note = str(int(row.note) + 1)

    threads = [threading.Thread(target=count) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    fresh()
    assert db.session.get(Customer, lea).note == "40"


@pytest.mark.parametrize("word", ["it's", "a b", "x;", 'a"', "Ä", "a\n"])
def test_only_a_word_of_ours_stands_in_a_statement(word):
    with pytest.raises(ValueError, match="no word of ours"):
        fixed(word)


def test_whoever_finds_it_locked_for_good_is_told_as_of_any_fault(house):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL locks rows, not the whole")
    db.session.execute(text("PRAGMA busy_timeout = 1"))
    fresh()
    with closing(sqlite3.connect(db.engine.url.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"), writing():
            pass
    with writing() as session:
        session.add(Heartbeat(name="after", at=THEN))
    assert at_rest()
