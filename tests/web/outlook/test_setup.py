"""Setting up the integration: the registration, its test, and who may."""

from datetime import timedelta

import pytest

from panel.db.base import db, fresh
from panel.db.tables import OutlookSettings
from tests.sandbox_process import CLIENT_SECRET

SETUP = "/admin/settings/integrations/outlook"
ACCEPTED = "Microsoft accepts the client ID and the secret."
REFUSED = "Microsoft refuses the client secret."


@pytest.fixture
def owner(desk):
    desk.enter("owner")
    desk.visitor.get(SETUP)
    return desk


def kept():
    fresh()
    return db.session.get_one(OutlookSettings, 1)


def test_it_is_reached_from_the_settings(owner):
    owner.visitor.get("/admin/settings/integrations")
    links = [one.attrs["href"].rstrip("/") for one in owner.visitor.page.all("a")]
    assert SETUP in links and "Ready" in owner.visitor.page.text


def test_it_shows_the_redirect_address_to_copy(owner):
    address = "http://127.0.0.1:8000/outlook/callback"
    assert address in [one.attrs.get("value") for one in owner.visitor.page.all("input")]


def test_it_never_shows_a_stored_secret(owner):
    assert CLIENT_SECRET not in owner.visitor.page.html
    assert "Stored. Type a new one to replace it." in owner.visitor.page.html


def test_it_keeps_the_secret_when_none_is_typed(owner):
    before = kept().client_secret
    owner.visitor.submit("Save setup", {"Secret expires on optional": "2027-05-12"})
    assert (kept().client_secret, str(kept().secret_expires)) == (before, "2027-05-12")


def test_it_says_that_microsoft_accepts_the_secret(owner):
    assert f"{ACCEPTED} Tested today" in owner.visitor.submit("Test").text


def test_it_says_that_microsoft_refuses_the_secret(owner):
    owner.visitor.submit("Save setup", {"Client secret": "wrong"})
    assert REFUSED in owner.visitor.submit("Test").text


def test_it_does_not_pretend_to_know(owner):
    owner.sandbox.faults({"kind": "status", "status": 503, "match": {"path": "*/token"}})
    assert "Microsoft’s answer leaves it open." in owner.visitor.submit("Test").text


def test_a_good_token_is_better_evidence_than_no_test(linked):
    linked.forward(minutes=70)
    linked.sync()
    linked.enter("owner")
    assert f"{ACCEPTED} It last let an employee’s calendar in" in linked.visitor.get(SETUP).text


def test_it_tests_only_what_is_stored(owner):
    page = owner.visitor.submit("Test", {"Client secret": "another"})
    assert "Save first. The test tries what is stored." in page.text


def test_it_says_first_how_many_must_sign_in_again(linked):
    linked.enter("owner")
    linked.visitor.get(SETUP)
    page = linked.visitor.submit("Save setup", {"Tenant": "contoso.test"})
    assert "1 employee must then sign in again." in page.text and kept().tenant == "common"
    linked.visitor.submit("Save all the same")
    assert kept().tenant == "contoso.test"


def test_a_new_secret_puts_a_refused_registration_right(linked):
    linked.settings(refused_at=linked.now())
    linked.enter("owner")
    assert "Refused by Microsoft" in linked.visitor.get(SETUP).text
    linked.visitor.submit("Save setup", {"Client secret": CLIENT_SECRET})
    assert kept().refused_at is None


def test_it_refuses_a_client_id_that_is_none(owner):
    page = owner.visitor.submit("Save setup", {"Client ID": "my app!"})
    assert "Paste the Application (client) ID" in page.text


def test_switching_it_off_takes_the_card_away(owner):
    owner.visitor.submit("Save setup", {"Let employees connect Outlook": False})
    owner.enter("anna")
    assert "Outlook Calendar" not in owner.visitor.get("/panel/profile/").text


@pytest.mark.parametrize("who, status", [("mia", 403), ("anna", 403), ("owner", 200)])
def test_it_is_the_owners(desk, who, status):
    desk.enter(who)
    assert desk.visitor.get(SETUP).status == status


def test_the_overview_tells_the_owner_that_the_secret_is_refused(linked):
    linked.settings(refused_at=linked.now())
    linked.enter("owner")
    assert REFUSED in linked.visitor.get("/admin").text


def test_the_overview_warns_of_a_secret_that_expires(owner):
    soon = (owner.now() + timedelta(days=2)).date().isoformat()
    owner.visitor.submit("Save setup", {"Secret expires on optional": soon})
    assert "The client secret expires on" in owner.visitor.get("/admin").text
