"""The health of a connection, on all its inputs."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from panel.domain.health import Evidence, Health, State, Why, failing_alike, judge

NOW = datetime(2026, 11, 24, 14, 4, tzinfo=UTC)
LINKED = Evidence(
    connection="active",
    pulled_at=NOW - timedelta(minutes=2),
    round_due=NOW + timedelta(minutes=3),
)
FLAGS = ("enabled", "configured", "importing", "refused", "application_refused",
         "same_registration", "writable")  # fmt: skip
COUNTS = ("waiting", "parked", "held", "questions", "failures")
MOMENTS = (None, NOW - timedelta(minutes=2), NOW - timedelta(hours=3))


def with_(**given: object) -> Evidence:
    return Evidence(**{**vars(LINKED), **given})


def all_evidence() -> list[Evidence]:
    return [
        Evidence(
            connection=connection, pulled_at=pulled, round_due=due,
            **dict(zip(FLAGS, flags, strict=True)), **dict(zip(COUNTS, counts, strict=True)),
        )
        for connection, pulled, due, flags, counts in product(
            ("", "active", "leaving"), MOMENTS, (None, NOW - timedelta(hours=1), NOW),
            product((False, True), repeat=len(FLAGS)), product((0, 3), repeat=len(COUNTS)),
        )
    ]  # fmt: skip


def is_fine(known: Evidence) -> bool:
    """Whether nothing at all speaks against this connection."""
    good = known.connection == "active" and known.enabled and known.configured
    good = good and known.same_registration and known.writable
    bad = (known.importing, known.refused, known.application_refused, known.waiting, known.parked,
           known.held, known.questions, known.failures)  # fmt: skip
    read = known.pulled_at is not None and NOW - known.pulled_at < timedelta(hours=1)
    late = known.round_due is not None and known.round_due < NOW
    return good and not any(bad) and read and not late


def test_it_says_up_to_date_only_where_nothing_speaks_against_it():
    wrong = [
        one for one in all_evidence() if (judge(one, NOW).state is State.UP_TO_DATE) != is_fine(one)
    ]
    assert wrong == []


def test_it_shows_no_card_only_where_outlook_is_off_and_nobody_is_linked():
    wrong = [
        one
        for one in all_evidence()
        if (judge(one, NOW).state is State.OFF) != (not one.connection and not one.enabled)
    ]
    assert wrong == []


def test_it_gives_a_person_something_to_do_only_where_a_person_can():
    asked = (State.ACTION_NEEDED, State.DECISION_NEEDED)
    wrong = [
        one
        for one in all_evidence()
        if judge(one, NOW).state in asked and (not one.enabled or one.application_refused)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "known, state, why",
    [
        (Evidence(), State.NOT_CONNECTED, Why.PLAIN),
        (Evidence(configured=False), State.NOT_AVAILABLE, Why.PLAIN),
        (with_(enabled=False), State.PAUSED, Why.PLAIN),
        (with_(connection="leaving"), State.LEAVING, Why.PLAIN),
        (with_(refused=True), State.ACTION_NEEDED, Why.SIGN_IN),
        (with_(refused=True, application_refused=True), State.DELAYED, Why.APPLICATION),
        (with_(same_registration=False), State.ACTION_NEEDED, Why.REGISTRATION),
        (with_(writable=False), State.ACTION_NEEDED, Why.CALENDAR),
        (with_(held=2, questions=1), State.DECISION_NEEDED, Why.DIFFER),
        (with_(questions=1, failures=1), State.DECISION_NEEDED, Why.QUESTIONS),
        (with_(parked=1), State.ACTION_NEEDED, Why.PARKED),
        (with_(failures=1, waiting=3), State.DELAYED, Why.SLOW),
        (with_(round_due=NOW - timedelta(minutes=3)), State.DELAYED, Why.OVERDUE),
        (with_(pulled_at=NOW - timedelta(hours=2)), State.DELAYED, Why.OVERDUE),
        (with_(importing=True, questions=1, pulled_at=None), State.IMPORTING, Why.PLAIN),
        (with_(waiting=1), State.CATCHING_UP, Why.PLAIN),
        (with_(pulled_at=None), State.CATCHING_UP, Why.PLAIN),
        (LINKED, State.UP_TO_DATE, Why.PLAIN),
    ],
)
def test_it_judges_by_the_first_fitting_line(known, state, why):
    assert judge(known, NOW) == Health(state, why)


def test_it_is_patient_with_a_round_that_waits_for_a_long_import():
    busy = with_(
        importing=True, pulled_at=None, round_due=NOW - timedelta(minutes=9), pushed_at=NOW
    )
    assert judge(busy, NOW).state is State.IMPORTING


@pytest.mark.parametrize(
    "minutes, connections, alike",
    [
        ([0, 4, 9], 40, True),
        ([0, 4, 11], 40, False),
        ([0, 4], 2, True),
        ([0, 4], 3, False),
        ([0], 1, False),
        ([], 5, False),
    ],
)
def test_it_blames_the_application_where_several_fail_alike(minutes, connections, alike):
    refusals = [("invalid_grant", NOW + timedelta(minutes=one)) for one in minutes]
    assert bool(failing_alike(refusals, connections)) == alike


def test_it_does_not_mix_different_refusals():
    words = ("invalid_grant", "consent_required", "login_required")
    assert failing_alike([(word, NOW) for word in words], 9) == set()
