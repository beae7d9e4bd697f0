"""The token endpoint: what it gives, and each way in which it refuses."""

import base64

import jwt
import pytest

from tests.sandbox_process import ANNA, CARLA, CLIENT_ID, CLIENT_SECRET, PASSWORD
from tests.sandbox_signin import REDIRECT, SCOPE, VERIFIER, Application

PERSONAL = "9188040d-6c67-4c5b-b112-36a304b66dad"


def error(answer):
    body = answer.json()
    assert body["error_description"].startswith(f"AADSTS{body['error_codes'][0]}: ")
    assert body["trace_id"] and body["correlation_id"] and body["timestamp"].endswith("Z")
    return answer.status_code, body["error"], body["error_codes"][0]


@pytest.fixture
def code(application):
    return application.sign_in(ANNA).back["code"]


@pytest.fixture
def refresh_token(application):
    return application.tokens(ANNA)["refresh_token"]


def test_it_gives_what_was_asked_for_but_says_nothing_of_offline_access(application, code):
    told = application.redeem(code).json()
    assert set(told["scope"].split()) == set(SCOPE.split()) - {"offline_access"}
    assert (told["token_type"], told["expires_in"], told["ext_expires_in"]) == (
        "Bearer",
        3599,
        3599,
    )
    assert len(told["refresh_token"]) > 1000


def test_it_gives_no_refresh_token_unasked(application):
    told = application.tokens(ANNA, scope="openid User.Read")
    assert "refresh_token" not in told


def test_it_gives_no_id_token_unasked(application):
    assert "id_token" not in application.tokens(ANNA, scope="offline_access User.Read")


def test_it_adds_what_was_granted_earlier(application):
    application.tokens(ANNA, scope="openid User.Read MailboxSettings.Read")
    told = application.tokens(ANNA, prompt="login", scope="openid Calendars.ReadWrite")
    assert {"User.Read", "MailboxSettings.Read"} < set(told["scope"].split())


def test_it_shuffles_the_scopes(application, refresh_token):
    orders = {application.refresh(refresh_token).json()["scope"] for _ in range(12)}
    assert len(orders) > 1


def test_it_signs_an_id_token_that_its_keys_verify(sandbox, application):
    told = application.tokens(ANNA, nonce="n0nce")
    keys = jwt.PyJWKClient(f"{sandbox.url}/common/discovery/v2.0/keys")
    key = keys.get_signing_key_from_jwt(told["id_token"]).key
    claims = jwt.decode(told["id_token"], key, algorithms=["RS256"], audience=CLIENT_ID)
    assert claims["iss"] == f"{sandbox.url}/{claims['tid']}/v2.0"
    assert (claims["preferred_username"], claims["name"]) == (ANNA, "Anna Berg")
    assert (claims["nonce"], claims["ver"], claims["email"]) == ("n0nce", "2.0", ANNA)
    assert {"oid", "sub", "iat", "nbf", "exp", "sid", "uti"} < claims.keys()


def test_it_puts_personal_accounts_in_their_own_tenant(application):
    told = application.tokens(CARLA)
    assert jwt.decode(told["id_token"], options={"verify_signature": False})["tid"] == PERSONAL


def test_it_gives_work_accounts_jwts_and_personal_ones_something_opaque(application):
    assert application.tokens(ANNA)["access_token"].count(".") == 2
    assert "." not in application.tokens(CARLA, prompt="login")["access_token"]


def test_it_tells_msal_who_it_is(application, code):
    told = application.redeem(code, client_info="1").json()["client_info"]
    assert b'"utid"' in base64.urlsafe_b64decode(told + "==")


def test_it_takes_the_secret_by_basic_too(application, code):
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": REDIRECT,
        "code_verifier": VERIFIER,
    }
    basic = (CLIENT_ID, "s3cret~value%2B%2F%3D%26")
    answer = application.browser.post(
        f"{application.base}/token", data=form, auth=basic, timeout=30
    )
    assert answer.status_code == 200


def test_it_wants_the_secret_encoded_inside_basic(application):
    answer = application.browser.post(
        f"{application.base}/token",
        data={"grant_type": "refresh_token"},
        auth=(CLIENT_ID, CLIENT_SECRET),
        timeout=30,
    )
    assert error(answer) == (401, "invalid_client", 7000215)


def test_it_redeems_a_code_once(application, code):
    assert application.redeem(code).status_code == 200
    assert error(application.redeem(code)) == (400, "invalid_grant", 54005)


def test_it_lets_a_code_live_for_ten_minutes(sandbox, application, code):
    sandbox.clock(601)
    assert error(application.redeem(code)) == (400, "invalid_grant", 70008)


WRONG_CODES = [
    (70000, {"code": "0.made-up"}),
    (501481, {"code_verifier": "w" * 50}),
    (501481, {"code_verifier": ""}),
    (500112, {"redirect_uri": "http://127.0.0.1:5000/elsewhere"}),
]


@pytest.mark.parametrize("number, changed", WRONG_CODES)
def test_it_binds_a_code_to_its_request(application, code, number, changed):
    answer = application.redeem(changed.pop("code", code), **changed)
    assert error(answer) == (400, "invalid_grant", number)


def test_it_redeems_a_code_only_where_it_was_issued(sandbox, application, code):
    elsewhere = Application(sandbox.url, "organizations")
    assert error(elsewhere.redeem(code)) == (400, "invalid_grant", 700005)
    elsewhere.browser.close()


def test_it_takes_a_plain_challenge(application):
    page = application.sign_in(ANNA, code_challenge=VERIFIER, code_challenge_method="")
    assert application.redeem(page.back["code"]).status_code == 200


def test_it_wants_no_verifier_where_there_was_no_challenge(application):
    page = application.sign_in(ANNA, code_challenge="", code_challenge_method="")
    code = page.back["code"]
    assert error(application.redeem(code)) == (400, "invalid_grant", 501481)
    assert application.redeem(code, code_verifier="").status_code == 200


BAD_REQUESTS = [
    ((401, "invalid_client", 7000215), {"client_secret": "wrong"}),
    ((401, "invalid_client", 7000218), {"client_secret": ""}),
    ((400, "unauthorized_client", 700016), {"client_id": "0000"}),
    ((400, "invalid_request", 900144), {"client_id": ""}),
    ((400, "invalid_request", 900144), {"refresh_token": ""}),
    ((400, "invalid_grant", 70000), {"refresh_token": "made-up"}),
    ((400, "invalid_grant", 65001), {"scope": "openid Mail.Send"}),
    ((400, "invalid_scope", 70011), {"scope": "openid Nonsense.Read"}),
    ((400, "invalid_scope", 700022), {"scope": "https://vault.azure.net/x User.Read"}),
]


@pytest.mark.parametrize("expected, changed", BAD_REQUESTS)
def test_it_refuses_a_refresh_that_is_wrong(application, refresh_token, expected, changed):
    form = {"refresh_token": refresh_token, "scope": SCOPE, **changed}
    assert error(application.token(grant_type="refresh_token", **form)) == expected


def test_it_knows_two_kinds_of_grant(application):
    answer = application.token(grant_type="password")
    assert error(answer) == (400, "unsupported_grant_type", 70003)


def test_it_takes_no_json(application):
    told = {"grant_type": "refresh_token"}
    answer = application.browser.post(f"{application.base}/token", json=told, timeout=30)
    assert error(answer) == (400, "invalid_request", 900144)


def test_it_refuses_a_secret_from_a_web_page(application, refresh_token):
    application.browser.headers["Origin"] = "http://127.0.0.1:5000"
    assert error(application.refresh(refresh_token)) == (400, "invalid_request", 9002326)


def test_it_rotates_refresh_tokens_and_keeps_the_old_one_good(application, refresh_token):
    newer = application.refresh(refresh_token).json()["refresh_token"]
    assert newer != refresh_token
    assert application.refresh(refresh_token).status_code == 200
    assert application.refresh(newer).status_code == 200


def test_it_gives_a_token_for_part_of_the_grant(application, refresh_token):
    told = application.refresh(refresh_token, scope="User.Read").json()
    assert told["refresh_token"]
    assert "id_token" not in told


WHY = [
    ("consent", 65001, "invalid_grant", "consent_required"),
    ("sessions", 50173, "invalid_grant", None),
    ("inactive", 700082, "invalid_grant", None),
    ("mfa", 50076, "interaction_required", "basic_action"),
    ("disabled", 50057, "invalid_grant", None),
]


@pytest.mark.parametrize("why, number, kind, suberror", WHY)
def test_it_says_why_access_ended(sandbox, application, refresh_token, why, number, kind, suberror):
    sandbox.revoke(ANNA, why)
    answer = application.refresh(refresh_token)
    assert error(answer) == (400, kind, number)
    assert answer.json().get("suberror") == suberror


@pytest.mark.parametrize("why", [why for why, *_ in WHY])
def test_it_works_again_after_signing_in_anew(sandbox, application, refresh_token, why):
    sandbox.revoke(ANNA, why)
    fresh = application.tokens(ANNA, prompt="login")["refresh_token"]
    assert application.refresh(fresh).status_code == 200
    assert application.refresh(refresh_token).status_code == 400


def test_it_asks_for_consent_again_after_it_was_taken_away(sandbox, application, refresh_token):
    sandbox.revoke(ANNA, "consent")
    page = application.press(application.ask(prompt="login"), login=ANNA, passwd=PASSWORD)
    assert "Accept" in page.text


def test_it_ends_a_refresh_token_that_nobody_used(sandbox, application, refresh_token):
    sandbox.clock(91 * 86400)
    answer = application.refresh(refresh_token)
    assert error(answer) == (400, "invalid_grant", 700082)
    assert "was inactive for 91." in answer.json()["error_description"]


def test_it_words_inactivity_differently_for_personal_accounts(sandbox, application):
    token = application.tokens(CARLA)["refresh_token"]
    sandbox.revoke(CARLA, "inactive")
    assert error(application.refresh(token)) == (400, "invalid_grant", 70000)


def test_it_knows_nobody_after_a_reset(sandbox, application, refresh_token):
    sandbox.reset()
    assert error(application.refresh(refresh_token)) == (400, "invalid_grant", 70000)


def test_it_refreshes_only_where_the_account_belongs(sandbox, application):
    token = application.tokens(CARLA)["refresh_token"]
    work = Application(sandbox.url, "organizations")
    assert error(work.refresh(token)) == (400, "invalid_grant", 50020)
    work.browser.close()
