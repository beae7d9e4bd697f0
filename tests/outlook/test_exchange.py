"""One exchange with Microsoft has one deadline, and its silence has a meaning."""

import pytest

from panel.domain.errors import OutlookUnavailable
from panel.outlook.exchange import exchange
from tests.outlook.certificates import certified
from tests.outlook.servers import answering, over_tls, serving, trickling

# Each would be a good answer at last: some minutes after the deadline.
BODY = b" " * 4998 + b"{}"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"
CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
DROPS = b"1\r\n \r\n" * 800 + b"2\r\n{}\r\n0\r\n\r\n"
REDIRECT = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
COOKIE = b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 2\r\n\r\n{}"


@pytest.mark.parametrize(
    "manner",
    [trickling(b"", HEAD + BODY), trickling(HEAD, BODY), trickling(CHUNKS, DROPS)],
    ids=["head", "body", "chunks"],
)
def test_a_server_that_trickles_meets_the_deadline(http, manner):
    with serving(manner) as address, pytest.raises(OutlookUnavailable):
        exchange(http, "GET", address, seconds=0.5)


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{", b"nonsense\r\n\r\n"]
)
def test_a_write_whose_answer_was_cut_may_have_happened(http, answer):
    with serving(answering(answer)) as address, pytest.raises(OutlookUnavailable) as silent:
        exchange(http, "POST", address, seconds=5, writes=True, json={})
    assert silent.value.ambiguous


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://nowhere.invalid/"])
def test_a_write_that_never_left_has_not_happened(http, address):
    with pytest.raises(OutlookUnavailable) as silent:
        exchange(http, "POST", address, seconds=5, writes=True, json={})
    assert not silent.value.ambiguous


def test_a_redirect_is_an_answer_and_not_followed(http):
    with serving(answering(REDIRECT)) as address:
        assert exchange(http, "GET", address, seconds=5).status == 302


def test_a_connection_serves_one_question_after_another(http):
    callers = []

    def patient(caller, closing):
        callers.append(caller)
        while caller.recv(65536):
            caller.sendall(COOKIE)

    with serving(patient) as address:
        for _ in range(3):
            exchange(http, "GET", address, seconds=5)
        http.close()
    assert len(callers) == 1


def test_cookies_are_not_kept(http):
    with serving(answering(COOKIE)) as address:
        exchange(http, "GET", address, seconds=5)
    assert not http.cookies


def test_it_does_not_send_what_a_proxy_of_the_surroundings_would_carry_away(http, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with serving(answering(COOKIE)) as address:
        assert exchange(http, "GET", address, seconds=5).status == 200


@pytest.fixture
def secured(tmp_path, monkeypatch):
    """The server's side of a TLS that this process trusts."""
    context, trusted = certified(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", trusted)
    return context


def over_https(address: str) -> str:
    return address.replace("http:", "https:")


def test_the_deadline_holds_behind_tls_too(http, secured):
    manner = over_tls(secured, trickling(HEAD, BODY))
    with serving(manner) as address, pytest.raises(OutlookUnavailable) as silent:
        exchange(http, "POST", over_https(address), seconds=0.5, writes=True)
    assert silent.value.ambiguous


def test_it_speaks_with_whom_it_trusts(http, secured):
    with serving(over_tls(secured, answering(COOKIE))) as address:
        assert exchange(http, "GET", over_https(address), seconds=5).status == 200


def test_it_says_nothing_to_a_stranger(http, tmp_path):
    context, _ = certified(tmp_path)
    manner = over_tls(context, answering(COOKIE))
    with serving(manner) as address, pytest.raises(OutlookUnavailable):
        exchange(http, "GET", over_https(address), seconds=5)
