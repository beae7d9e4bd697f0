"""The lease on a mailbox: who comes too late asks, records and hands back nothing."""

import pytest

from panel.db.base import db, fresh, writing
from panel.db.tables import Credential
from panel.services.sync import leases
from tests.sync.mishaps import lapsed, see_to


def asks_nothing(office, visit):
    last = office.sandbox.last_request()
    with pytest.raises(leases.LeaseLost):
        visit.client.me()
    return office.sandbox.requests(last) == []


def test_a_late_worker_asks_nothing(linked):
    with linked.visit() as visit:
        lapsed(linked, seconds=30)
        leases.take(visit.mailbox_id)
        assert asks_nothing(linked, visit)


def test_after_its_lease_a_worker_asks_nothing(linked):
    with linked.visit() as visit:
        visit.lease.until = leases.database_now()
        fresh()
        assert asks_nothing(linked, visit)


def test_a_late_worker_hands_back_nothing(linked):
    number = linked.mailbox().id
    fresh()
    late = leases.take(number)
    lapsed(linked, seconds=30)
    leases.take(number)
    late.release()
    assert leases.take(number) is None


def test_a_lease_is_prolonged_before_a_request_that_it_might_not_outlive(linked):
    with linked.visit() as visit:
        short = visit.lease.until = leases.database_now() + leases.DEADLINE
        fresh()
        visit.client.me()
        assert visit.lease.until > short
        assert linked.mailbox().lease_until == visit.lease.until


def test_an_older_renewal_replaces_no_newer_token(linked):
    """Another process has renewed the token while this one was asking."""
    kept = []

    def renew():
        with writing() as session:
            row = session.scalars(db.select(Credential)).one()
            row.version += 1
            kept.append(row.sealed)

    linked.forward(hours=2)
    see_to(linked, "/token", renew)
    assert db.session.scalars(db.select(Credential.sealed)).all() == kept
