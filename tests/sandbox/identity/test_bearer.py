"""The bearer check in front of Graph."""

import pytest

from tests.sandbox_process import ANNA, CARLA


@pytest.fixture
def graph(sandbox):
    def get(token, path="/v1.0/me"):
        headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
        return sandbox.http.get(sandbox.url + path, headers=headers, timeout=30)

    return get


REFUSED = [
    (None, "Access token is empty."),
    ("", "Access token is empty."),
    ("opaque", "IDX14100: JWT is not well formed, there are no dots (.)."),
    ("a.b.c", "Access token validation failure. Invalid signature."),
]


@pytest.mark.parametrize("token, message", REFUSED)
def test_it_refuses_a_token_it_never_gave(graph, token, message):
    answer = graph(token)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "InvalidAuthenticationToken"
    assert answer.json()["error"]["message"] == message
    assert "authorization_uri=" in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("upn", [ANNA, CARLA])
def test_it_lets_both_kinds_of_token_in(application, graph, upn):
    answer = graph(application.tokens(upn)["access_token"])
    assert answer.json()["userPrincipalName"] == upn


def test_it_refuses_a_token_that_has_expired(sandbox, application, graph):
    token = application.tokens(ANNA)["access_token"]
    sandbox.clock(3600)
    answer = graph(token)
    assert answer.status_code == 401
    assert "expired" in answer.json()["error"]["message"]


def test_it_refuses_what_was_never_granted(application, graph):
    token = application.tokens(ANNA, scope="openid User.Read")["access_token"]
    assert graph(token).status_code == 200
    answer = graph(token, "/v1.0/me/events")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "ErrorAccessDenied")


def test_it_tells_who_somebody_is(application, graph):
    told = graph(application.tokens(ANNA)["access_token"], "/oidc/userinfo").json()
    assert (told["name"], told["email"], told["family_name"]) == ("Anna Berg", ANNA, "Berg")


def test_it_tells_nobody_else(graph):
    assert graph("a.b.c", "/oidc/userinfo").status_code == 401
