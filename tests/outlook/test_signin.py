"""Signing in at the sandbox as at Microsoft."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from panel.domain.errors import (
    OutlookUnavailable,
    Refusal,
    RegistrationRefused,
    SignInNeeded,
    SignInRefused,
)
from panel.outlook import signin
from panel.outlook.callback import read_callback_error
from tests.outlook.browsing import sign_in
from tests.outlook.conftest import REDIRECT
from tests.sandbox_process import ANNA, CARLA

NOW = datetime(2026, 9, 7, 7, tzinfo=UTC)


def redeemed(registration, told, **changes):
    return signin.redeem(registration, **told | changes)


def reason(registration, told, **changes):
    with pytest.raises(SignInRefused) as refused:
        redeemed(registration, told, **changes)
    return refused.value.reason


def test_it_sends_the_browser_to_choose_an_account(registration):
    began = signin.begin(registration, redirect_uri=REDIRECT)
    asked = parse_qs(urlsplit(began.url).query)
    assert asked["prompt"] == ["select_account"]
    assert asked["response_mode"] == ["query"]
    assert asked["code_challenge_method"] == ["S256"]
    assert "login_hint" not in asked
    assert began.verifier not in began.url


def test_it_learns_who_signed_in(registration, came_back):
    tokens, who = redeemed(registration, came_back(ANNA).told)
    assert (who.name, who.address, who.kind) == ("Anna Berg", ANNA, "work")
    assert "calendars.readwrite" in tokens.scopes
    assert tokens.refresh_token


def test_it_knows_a_personal_account(registration, came_back):
    assert redeemed(registration, came_back(CARLA).told)[1].kind == "personal"


def test_it_shows_no_token_to_whoever_prints_it(registration, came_back):
    tokens, _ = redeemed(registration, came_back(ANNA).told)
    shown = f"{tokens!r} {registration!r}"
    for secret in (tokens.access_token, tokens.refresh_token, registration.client_secret):
        assert secret not in shown


def test_it_logs_no_token(registration, came_back, http, caplog):
    caplog.set_level("DEBUG")
    tokens, _ = redeemed(registration, came_back(ANNA).told)
    fresh = signin.refresh(registration, tokens.refresh_token, http=http, now=NOW)
    for one in (tokens, fresh):
        assert one.access_token not in caplog.text
        assert one.refresh_token not in caplog.text


def test_a_code_is_good_once(registration, came_back):
    told = came_back(ANNA).told
    redeemed(registration, told)
    assert reason(registration, told) is Refusal.USED_TWICE


def test_a_code_is_good_only_for_who_began(registration, came_back):
    told = came_back(ANNA).told
    assert reason(registration, told, verifier="v" * 64) is Refusal.NOT_STARTED_HERE


def test_another_nonce_is_another_sign_in(registration, came_back):
    assert reason(registration, came_back(ANNA).told, nonce="other") is Refusal.NOT_STARTED_HERE


def test_an_old_id_token_took_too_long(registration, came_back):
    later = datetime.now(UTC) + timedelta(days=1)
    assert reason(registration, came_back(ANNA).told, now=later) is Refusal.TOOK_TOO_LONG


def test_a_wrong_secret_blames_the_registration(registration, came_back):
    told = came_back(ANNA).told
    with pytest.raises(RegistrationRefused):
        redeemed(replace(registration, client_secret="wrong"), told)


def test_declining_is_told_apart(registration):
    began = signin.begin(registration, redirect_uri=REDIRECT)
    query = sign_in(began.url, ANNA, consent="cancel")
    assert read_callback_error(query) is Refusal.DECLINED


def test_refreshing_gives_new_tokens_that_last_from_now(registration, came_back, http):
    tokens, _ = redeemed(registration, came_back(ANNA).told)
    fresh = signin.refresh(registration, tokens.refresh_token, http=http, now=NOW)
    assert fresh.refresh_token not in (None, tokens.refresh_token)
    assert NOW < fresh.expires_at <= NOW + timedelta(hours=2)
    assert "calendars.readwrite" in fresh.scopes


@pytest.mark.parametrize("why", ["consent", "sessions", "inactive", "mfa", "disabled"])
def test_a_revoked_account_must_sign_in_again(registration, sandbox, came_back, http, why):
    tokens, _ = redeemed(registration, came_back(ANNA).told)
    sandbox.revoke(ANNA, why)
    with pytest.raises(SignInNeeded) as needed:
        signin.refresh(registration, tokens.refresh_token, http=http, now=NOW)
    assert needed.value.kind in {"invalid_grant", "interaction_required"}


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status", "status": 503, "retry_after": 1.5},
        {"kind": "status", "status": 429, "retry_after": 1.5},
        {"kind": "html"},
        {"kind": "drop_before"},
        {"kind": "drop_after"},
    ],
    ids=lambda fault: f"{fault['kind']}{fault.get('status', '')}",
)
def test_a_token_endpoint_in_trouble_disconnects_nobody(
    registration, sandbox, came_back, http, fault
):
    tokens, _ = redeemed(registration, came_back(ANNA).told)
    sandbox.faults({"match": {"path": "/common/oauth2/*"}} | fault)
    with pytest.raises(OutlookUnavailable) as silent:
        signin.refresh(registration, tokens.refresh_token, http=http, now=NOW)
    assert silent.value.retry_after == fault.get("retry_after")


def test_an_expired_secret_disconnects_nobody(registration, sandbox, came_back, http):
    tokens, _ = redeemed(registration, came_back(ANNA).told)
    sandbox.faults({"match": {"path": "/common/oauth2/*"}, "kind": "secret_expired"})
    with pytest.raises(RegistrationRefused):
        signin.refresh(registration, tokens.refresh_token, http=http, now=NOW)


def test_it_tells_whether_the_secret_is_taken(registration, sandbox, http):
    def verdict(secret):
        tried = replace(registration, client_secret=secret)
        return signin.test_secret(tried, redirect_uri=REDIRECT, http=http)

    assert verdict(registration.client_secret) == "accepted"
    assert verdict("wrong") == "refused"
    sandbox.faults({"kind": "html"})
    assert verdict(registration.client_secret) == "unknown"


def test_the_keys_are_asked_for_once(registration, sandbox, came_back):
    told = came_back(ANNA).told
    since = sandbox.last_request()
    redeemed(registration, told)
    redeemed(registration, came_back(ANNA).told | {"keys": told["keys"]})
    asked = [one for one in sandbox.requests(since) if one["path"].endswith("/keys")]
    assert len(asked) == 1
