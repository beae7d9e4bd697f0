"""The authorize endpoint, as a person and an application meet it."""

from urllib.parse import parse_qsl

import pytest

from tests.sandbox_process import ANNA, BEN, BLOCKED, CARLA, PASSWORD
from tests.sandbox_signin import Application


def test_it_comes_back_with_a_code_and_the_same_state(application):
    back = application.sign_in(ANNA, state="a b&c=%41")
    assert back.back["state"] == "a b&c=%41"
    assert back.back["code"]


def test_it_asks_for_consent_once(application):
    application.sign_in(ANNA)
    assert application.ask().back["code"]


def test_it_asks_for_consent_again_when_told_to(application):
    application.sign_in(ANNA)
    assert "Accept" in application.ask(prompt="consent").text


def test_it_asks_for_consent_when_more_is_wanted(application):
    application.sign_in(ANNA, scope="openid User.Read")
    page = application.ask(scope="openid User.Read Calendars.ReadWrite")
    assert "read and change your calendars" in page.text


def test_it_tells_a_refusal(application):
    consent = application.press(application.ask(), login=ANNA, passwd=PASSWORD)
    back = application.press(consent, button=1).back
    assert back["error"] == "access_denied"
    assert back["error_description"].startswith("AADSTS65004: User declined")
    assert back["state"] == "st4te"


def test_it_words_a_refusal_differently_for_personal_accounts(application):
    consent = application.press(application.ask(), login=CARLA, passwd=PASSWORD)
    back = application.press(consent, button=1).back
    assert back["error_description"].startswith("The user has denied access to the scope")


def test_it_tells_when_somebody_gives_up_before_signing_in(application):
    assert application.press(application.ask(), button=1).back["error"] == "access_denied"


@pytest.mark.parametrize("upn, password", [(ANNA, "wrong"), ("nobody@contoso.test", PASSWORD)])
def test_it_lets_nobody_in_without_name_and_password(application, upn, password):
    page = application.press(application.ask(), login=upn, passwd=password)
    assert 'role="alert"' in page.text
    assert not page.back


def test_it_fills_in_the_name_that_the_application_knows(application):
    assert f'value="{BEN}"' in application.ask(login_hint=BEN).text


def test_it_goes_straight_on_for_the_one_who_was_hinted_at(application):
    application.sign_in(ANNA)
    application.sign_in(BEN, prompt="login")
    assert application.ask(login_hint=ANNA).back["code"]


def test_it_lets_one_choose_between_accounts(application):
    application.sign_in(ANNA)
    application.sign_in(BEN, prompt="login")
    picker = application.ask()
    assert [value for _, value in picker.forms.buttons] == [BEN, ANNA, "", "cancel"]
    assert application.press(picker, button=1).back["code"]


def test_it_always_shows_the_picker_when_told_to(application):
    application.sign_in(ANNA)
    picker = application.ask(prompt="select_account")
    assert ANNA in picker.text
    assert 'type="password"' in application.press(picker, button=1).text


def test_it_asks_for_the_password_again_when_told_to(application):
    application.sign_in(ANNA)
    assert 'type="password"' in application.ask(prompt="login").text


def test_it_stays_silent_when_told_to(application):
    assert application.ask(prompt="none").back["error"] == "login_required"
    application.sign_in(ANNA, scope="openid User.Read")
    assert application.ask(prompt="none").back["error"] == "interaction_required"
    assert application.ask(prompt="none", scope="openid User.Read").back["code"]


def test_it_refuses_a_hint_together_with_the_picker(application):
    back = application.ask(prompt="select_account", login_hint=ANNA).back
    assert back["error"] == "invalid_request"
    assert "AADSTS90005" in back["error_description"]


def test_it_answers_in_the_fragment(application):
    page = application.sign_in(ANNA, response_mode="fragment")
    assert "#code=" in page.answer.headers["Location"]


def test_it_answers_by_a_form(application):
    page = application.sign_in(ANNA, response_mode="form_post")
    assert page.forms.action == "http://127.0.0.1:5000/outlook/callback"
    assert page.forms.fields["state"] == "st4te"
    assert application.redeem(page.forms.fields["code"]).status_code == 200


def test_it_adds_the_slash_that_a_bare_address_lacks(application):
    page = application.sign_in(ANNA, redirect_uri="http://localhost:5000")
    assert page.answer.headers["Location"].startswith("http://localhost:5000/?code=")


def test_it_takes_any_loopback_address(application):
    assert application.ask(redirect_uri="https://localhost:49152/a/b").answer.status_code == 200


UNTRUSTED = [
    ("50011", {"redirect_uri": "http://evil.example/callback"}),
    ("50011", {"redirect_uri": "http://localhost:5000/callback?x=1"}),
    ("50011", {"redirect_uri": "http://localhost.evil.example/callback"}),
    ("900971", {"redirect_uri": ""}),
    ("700016", {"client_id": "00000000-0000-0000-0000-000000000000"}),
    ("900144", {"client_id": ""}),
]


@pytest.mark.parametrize("number, asked", UNTRUSTED)
def test_it_never_redirects_to_where_it_cannot_trust(application, number, asked):
    page = application.ask(**asked)
    assert page.answer.status_code == 400
    assert f"AADSTS{number}" in page.text
    assert "Location" not in page.answer.headers


WRONG = [
    ("invalid_request", {"scope": ""}),
    ("invalid_request", {"response_type": ""}),
    ("unsupported_response_type", {"response_type": "code id_token"}),
    ("invalid_request", {"prompt": "always"}),
    ("invalid_request", {"response_mode": "pigeon"}),
    ("invalid_scope", {"scope": "openid Calendars.Everything"}),
    ("invalid_scope", {"scope": "User.Read https://vault.azure.net/user_impersonation"}),
    ("invalid_scope", {"scope": "User.Read .default"}),
    ("invalid_request", {"code_challenge": "short"}),
    ("invalid_request", {"code_challenge_method": "S512"}),
]


@pytest.mark.parametrize("error, asked", WRONG)
def test_it_tells_the_application_what_it_did_wrong(application, error, asked):
    assert application.ask(**asked).back["error"] == error


def test_it_shows_who_needs_an_administrator(application):
    page = application.press(application.ask(), login=BLOCKED, passwd=PASSWORD)
    assert "Need admin approval" in page.text
    assert not page.back


def test_it_lets_an_administrator_open_the_door_for_everybody(sandbox, application):
    asked = application.ask().answer.url.replace("/common/oauth2/v2.0/authorize", "")
    query = asked.partition("?")[2]
    consent = f"{sandbox.url}/contoso.test/v2.0/adminconsent?{query}"
    page = application.open("GET", consent)
    back = application.press(page).back
    assert (back["admin_consent"], back["state"]) == ("True", "st4te")
    assert application.press(application.ask(), login=BLOCKED, passwd=PASSWORD).back["code"]


WRONG_KIND = [
    ("organizations", CARLA, "50020"),
    ("contoso.test", CARLA, "50020"),
    ("consumers", ANNA, "500208"),
    ("9188040d-6c67-4c5b-b112-36a304b66dad", ANNA, "500208"),
]


@pytest.mark.parametrize("tenant, upn, number", WRONG_KIND)
def test_it_refuses_the_wrong_kind_of_account_on_a_page(sandbox, tenant, upn, number):
    application = Application(sandbox.url, tenant)
    page = application.press(application.ask(), login=upn, passwd=PASSWORD)
    assert f"AADSTS{number}" in page.text
    assert not page.back
    application.browser.close()


RIGHT_KIND = [("organizations", ANNA), ("contoso.test", ANNA), ("consumers", CARLA)]


@pytest.mark.parametrize("tenant, upn", RIGHT_KIND)
def test_it_lets_the_right_kind_of_account_in(sandbox, tenant, upn):
    application = Application(sandbox.url, tenant)
    assert application.tokens(upn)["access_token"]
    application.browser.close()


def test_it_does_not_know_a_tenant_without_people(sandbox):
    application = Application(sandbox.url, "fabrikam.test")
    assert "AADSTS90002" in application.ask().text
    assert application.token(grant_type="refresh_token").json()["error_codes"] == [90002]
    application.browser.close()


def test_it_forgets_the_browser_but_not_the_permission(sandbox, application):
    tokens = application.tokens(ANNA)
    answer = application.browser.get(f"{application.base}/logout", timeout=30)
    assert "You signed out" in answer.text
    assert 'type="password"' in application.ask().text
    assert application.refresh(tokens["refresh_token"]).status_code == 200


def test_it_goes_back_after_signing_out(application):
    there = "http://localhost:5000/bye"
    answer = application.browser.get(
        f"{application.base}/logout?post_logout_redirect_uri={there}",
        allow_redirects=False,
        timeout=30,
    )
    assert answer.headers["Location"] == there


def test_it_takes_the_question_as_a_form_too(application):
    where, _, query = application.ask().answer.url.partition("?")
    page = application.open("POST", where, data=dict(parse_qsl(query)))
    consent = application.press(page, login=ANNA, passwd=PASSWORD)
    assert application.press(consent).back["code"]
