"""What an answer of Graph means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.errors import (
    AddressUnreached,
    Ambiguous,
    CannotDelete,
    ChangedMeanwhile,
    DeltaExpired,
    Forbidden,
    Gone,
    NoMailbox,
    NothingThere,
    OutlookUnavailable,
    RowRefused,
    SignInNeeded,
)
from panel.outlook.answers import Answer, judge, retry_after

SENT = "Mon, 07 Sep 2026 07:00:00 GMT"


def refused(status: int, code: str = "", message: str = "", **headers: str) -> Answer:
    body = {"error": {"code": code, "message": message, "innerError": {"date": "2026"}}}
    return Answer(status, headers, body, blank=False)


def page(status: int) -> Answer:
    return Answer(status, {"Content-Type": "text/html"}, None, blank=False)


@pytest.mark.parametrize(
    "answer, meaning",
    [
        (refused(401, "InvalidAuthenticationToken"), SignInNeeded),
        (refused(401, "MailboxNotEnabledForRESTAPI"), NoMailbox),
        (refused(404, "MailboxNotEnabledForRESTAPI"), NoMailbox),
        (refused(403, "ErrorAccessDenied"), Forbidden),
        (refused(403, "errorCannotDeleteObject"), CannotDelete),
        (refused(404, "ErrorItemNotFound"), Gone),
        (refused(404, "ResourceNotFound"), NothingThere),
        (refused(400, "ValidationError"), AddressUnreached),
        (refused(410, "SyncStateNotFound"), DeltaExpired),
        (refused(400, "resyncRequired"), DeltaExpired),
        (refused(400, "ErrorPropertyValidationFailure"), RowRefused),
        (refused(413), RowRefused),
        (refused(409, "ErrorConflict"), Ambiguous),
        (refused(400, "ErrorDuplicateTransactionId"), Ambiguous),
        (refused(429, "ApplicationThrottled"), OutlookUnavailable),
        (refused(408), OutlookUnavailable),
        (refused(424), OutlookUnavailable),
        (refused(503, "serviceNotAvailable"), OutlookUnavailable),
        (page(404), OutlookUnavailable),
        (page(500), OutlookUnavailable),
        (page(302), OutlookUnavailable),
        (page(200), OutlookUnavailable),
    ],
)
def test_each_refusal_has_its_meaning(answer, meaning):
    assert type(judge(answer, writes=True)) is meaning


def test_a_good_answer_is_no_error():
    assert judge(Answer(200, {}, {"value": []}, blank=False), writes=False) is None
    assert judge(Answer(204, {}, None, blank=True), writes=True) is None


def test_a_code_may_stand_deeper_down():
    inner = {"code": "itemNotFound", "innererror": {"code": "SYNCSTATENOTFOUND"}}
    answer = Answer(404, {}, {"error": inner}, blank=False)
    assert isinstance(judge(answer, writes=False), DeltaExpired)


@pytest.mark.parametrize("answer", [page(200), page(502), refused(500), refused(504), refused(408)])
def test_a_write_without_a_clear_answer_may_have_happened(answer):
    assert judge(answer, writes=True).ambiguous
    assert not judge(answer, writes=False).ambiguous


def test_a_throttled_write_has_not_happened():
    error = judge(refused(429, **{"Retry-After": "2.128"}), writes=True)
    assert not error.ambiguous
    assert error.retry_after == pytest.approx(2.128)


def test_a_412_is_a_change_meanwhile_only_where_a_version_was_named():
    conflict = refused(412, "ErrorIrresolvableConflict")
    assert isinstance(judge(conflict, writes=True, conditional=True), ChangedMeanwhile)
    assert judge(conflict, writes=True).ambiguous
    assert isinstance(judge(conflict, writes=False), OutlookUnavailable)


def test_a_409_to_a_question_is_not_ambiguous():
    assert isinstance(judge(refused(409), writes=False), RowRefused)


def test_only_a_clear_word_from_graph_says_that_an_entry_is_gone():
    gone = [code for code in range(300, 600) if isinstance(judge(page(code), writes=False), Gone)]
    assert gone == []


@pytest.mark.parametrize(
    "header, seconds",
    [("2.5", 2.5), ("120", 120), ("-3", 0), ("", None), ("soon", None), ("nan", None)],
)
def test_it_reads_how_long_to_wait(header, seconds):
    assert retry_after({"Retry-After": header}) == seconds


def test_a_date_is_measured_against_the_date_of_the_answer():
    until = "Mon, 07 Sep 2026 07:01:30 GMT"
    assert retry_after({"Retry-After": until, "Date": SENT}) == 90
    assert retry_after({"Retry-After": until}) is None


@given(st.integers(100, 599), st.text(max_size=30), st.booleans(), st.booleans())
def test_every_answer_has_a_meaning(status, code, writes, conditional):
    error = judge(refused(status, code), writes=writes, conditional=conditional)
    assert (error is None) == (200 <= status < 300)
