"""What a visit costs is counted and stored with its outcome, and never lost by adding up."""

from datetime import timedelta

from panel.db.base import db, fresh, writing
from panel.db.tables import Mailbox, Traffic
from panel.services.sync import traffic
from panel.services.sync.traffic import FOR_EVER, HALF_HOUR, KEPT


def total(name):
    fresh()
    return db.session.scalar(db.select(db.func.sum(getattr(Traffic, name)))) or 0


def to_graph(office, since):
    return sum(one["path"].startswith("/v1.0/") for one in office.sandbox.requests(since))


def test_each_request_to_graph_is_counted_once(linked):
    linked.agree()
    last, before, rounds = linked.sandbox.last_request(), total("requests"), total("rounds")
    linked.book_at("10:00")
    linked.forward(minutes=10)
    linked.agree()
    assert total("requests") - before == to_graph(linked, last) > 0
    assert total("rounds") > rounds and total("pushes") > 0 and total("milliseconds") > 0


def test_a_visit_that_is_broken_off_counts_too(linked):
    linked.agree()
    linked.fault("GET", "status", status=429, path="*", times=1)
    linked.forward(minutes=10)
    linked.sync()
    assert (total("throttled"), total("failures")) == (1, 1)


def test_what_is_old_is_added_up_and_no_sum_falls(linked):
    linked.agree()
    before, now = total("requests"), linked.now()
    with writing() as session:
        box = session.scalars(db.select(Mailbox.id)).one()
        for number in range(3):
            since = (now - KEPT - HALF_HOUR * (number + 2)).replace(microsecond=0)
            session.add(Traffic(mailbox_id=box, since=since, requests=5))
    for later in (timedelta(0), timedelta(days=3)):
        traffic.fold(now=now + later)
        assert total("requests") == before + 15
    fresh()
    assert db.session.scalars(db.select(Traffic.since)).all() == [FOR_EVER]
