"""Is the house standing? For whoever watches over it."""

from datetime import UTC, datetime, timedelta

from panel.services import heartbeat


def test_it_says_that_all_is_well(visitor, house):
    heartbeat.beat(now=datetime.now(UTC))
    page = visitor.get("/healthz")
    assert (page.status, page.json) == (200, {"database": "ok", "clockwork": "ok"})


def test_it_says_that_the_clockwork_has_never_turned(visitor):
    page = visitor.get("/healthz")
    assert page.status == 503
    assert page.json["database"] == "ok"
    assert page.json["clockwork"].startswith("It has never turned")


def test_it_says_since_when_the_clockwork_stands_still(house):
    then = datetime(2026, 5, 1, 12, tzinfo=UTC)
    heartbeat.beat(now=then)
    report = heartbeat.report(now=then + timedelta(seconds=61))
    assert report["clockwork"] == "It last turned 61 seconds ago."


def test_a_second_beat_replaces_the_first(house):
    then = datetime(2026, 5, 1, 12, tzinfo=UTC)
    heartbeat.beat(now=then)
    heartbeat.beat(now=then + timedelta(hours=1))
    assert heartbeat.report(now=then + timedelta(hours=1, seconds=59))["clockwork"] == "ok"
