"""Staying signed in: tokens are renewed, doubted, believed and never lost."""

from datetime import timedelta

import pytest

from panel.services.integration import settings

TOKEN = "*/oauth2/v2.0/token"  # noqa: S105


@pytest.fixture
def booked(linked):
    """An appointment from 10 to 11 that both sides know, and an access token that ran out."""
    linked.first = linked.book_at("10:00")
    linked.sync()
    linked.forward(hours=2)
    return linked


def broken(office, kind, **more):
    """From now on this happens at the token endpoint."""
    office.sandbox.faults({"match": {"path": TOKEN}, "kind": kind, **more})


def test_the_renewed_token_is_kept_before_it_is_used(booked):
    before = booked.tokens()
    booked.fault("GET", "status", status=503, path="*")
    booked.sync()
    after = booked.tokens()
    assert before.refresh_token != after.refresh_token
    assert before.access_token != after.access_token


def test_a_token_that_is_refused_is_renewed_once(linked):
    before = linked.tokens()
    linked.fault("GET", "status", status=401, path="*", times=1)
    assert linked.sync().settled
    assert linked.tokens().access_token != before.access_token


FAILURES = {
    "cut": {"kind": "drop_before"},
    "503": {"kind": "status", "status": 503},
    "429": {"kind": "status", "status": 429},
    "HTML": {"kind": "html", "status": 500},
    "passing": {"kind": "status", "status": 400, "code": "temporarily_unavailable"},
    "secret": {"kind": "secret_expired"},
}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_nobody_is_disconnected_by_what_is_not_their_doing(booked, failure):
    broken(booked, **failure)
    booked.move_here(booked.first, "14:00")
    for _ in range(4):
        booked.forward(minutes=11)
        assert booked.sync().waiting == 1
    assert booked.connection().refused_at is None
    booked.sandbox.faults()
    booked.forward(minutes=11)
    booked.agree()
    assert booked.copy()["start"]["dateTime"] == booked.utc("14:00")


def test_an_expired_secret_is_the_businesss_trouble(booked):
    broken(booked, "secret_expired", times=1)
    booked.sync()
    assert settings().refused_at is not None
    booked.forward(minutes=11)
    booked.agree()
    assert settings().refused_at is None


def test_a_revoked_consent_is_believed_the_second_time(booked):
    booked.sandbox.revoke(booked.upn, "consent")
    booked.sync()
    assert booked.connection().refused_at is None
    booked.forward(seconds=59)
    booked.sync()
    assert booked.connection().refused_at is None
    booked.forward(seconds=5)
    booked.sync()
    assert booked.connection().refused_at is not None


def test_one_doubt_is_forgotten(booked):
    broken(booked, "status", status=400, code="invalid_grant", times=1)
    booked.sync()
    assert booked.connection().doubted_at is not None
    booked.forward(seconds=61)
    booked.agree()
    assert (booked.connection().doubted_at, booked.connection().refused_at) == (None, None)


def test_what_only_a_person_can_do_is_believed_at_once(booked):
    booked.sandbox.revoke(booked.upn, "mfa")
    booked.sync()
    assert booked.connection().refused_why == "interaction_required"


def test_a_refused_connection_sends_nothing_more(booked):
    booked.sandbox.revoke(booked.upn, "mfa")
    booked.sync()
    last = booked.sandbox.last_request()
    booked.forward(hours=1)
    booked.sync()
    assert booked.sandbox.requests(last) == []


def test_signing_in_again_goes_on_where_it_stopped(booked):
    booked.sandbox.revoke(booked.upn, "mfa")
    booked.sync()
    booked.move_here(booked.first, "14:00")
    booked.book_at("15:00")
    assert booked.connect().refused is None
    booked.agree()
    found = sorted(one["start"]["dateTime"] for one in booked.there())
    assert found == [booked.utc("14:00"), booked.utc("15:00")]


def test_leaving_ends_though_the_account_is_refused(booked):
    booked.disconnect(remove=True)
    booked.sandbox.revoke(booked.upn, "mfa")
    booked.sync()
    booked.sync()
    assert booked.connection() is None


def test_a_401_that_does_not_pass_is_only_delay(linked):
    linked.fault("GET", "status", status=401, path="*")
    for _ in range(3):
        linked.forward(minutes=11)
        linked.sync()
    assert linked.connection().refused_at is None
    linked.sandbox.faults()
    linked.forward(minutes=11)
    linked.agree()


def test_it_renews_a_token_before_it_runs_out(linked):
    before = linked.tokens()
    linked.forward(
        seconds=(before.expires_at - linked.now() - timedelta(minutes=4)).total_seconds()
    )
    linked.sync()
    assert linked.tokens().access_token != before.access_token
