"""The page behind a one-time link, and what leads to it."""

from dataclasses import replace

import pytest

from panel.mail.server import Server
from panel.services import invitations
from tests.services.studio import OWNER
from tests.web.studio import Studio

NEW = {"Password": "a long password", "Password, once more": "a long password"}
SAME = "The owner now sees that this address asks for a new password"


@pytest.fixture
def studio(house):
    return Studio()


@pytest.fixture
def link(studio, house):
    now = house.extensions["panel"].now()
    return f"/choose-password/{invitations.invite_again(studio.ben.user_id, by=OWNER, now=now)}"


def test_it_signs_in_and_lands_on_my_profile(visitor, link):
    visitor.get(link)
    page = visitor.submit("Save and sign in", NEW)
    assert (page.path, page.heading) == ("/panel/profile/", "My Profile")
    assert "You are signed in." in page.text


def test_the_link_is_used_up_by_choosing_not_by_looking(visitor, link):
    visitor.get(link)
    visitor.get(link)
    visitor.submit("Save and sign in", NEW)
    page = visitor.get(link)
    assert page.status == 404 and "Ask for a new one" in page.text


def test_every_other_session_ends(app, visitor, link):
    elsewhere = type(visitor)(app)
    elsewhere.enter("ben@panel.test")
    visitor.get(link)
    visitor.submit("Save and sign in", NEW)
    assert elsewhere.get("/panel/").heading == "Sign in"


def test_whoever_was_signed_in_here_is_signed_in_no_more(visitor, studio, link):
    visitor.enter("anna@panel.test")
    visitor.get(link)
    assert "ben@panel.test" in visitor.submit("Save and sign in", NEW).html


@pytest.mark.parametrize(
    "typed, said",
    [
        (("short", "short"), "Take at least 8 characters."),
        (("a long password", "another"), "The two are not the same."),
        (("", ""), "Choose a password."),
    ],
)
def test_it_says_what_is_wrong_and_the_link_still_works(visitor, link, typed, said):
    visitor.get(link)
    assert said in visitor.submit("Save and sign in", dict(zip(NEW, typed, strict=True))).text
    assert visitor.submit("Save and sign in", NEW).heading == "My Profile"


def test_a_made_up_link_is_answered_with_what_to_do(visitor, studio):
    page = visitor.get("/choose-password/made-up")
    assert page.status == 404 and "A link works once, for 24 hours." in page.text


def test_a_forgotten_password_begins_at_the_door(visitor, studio):
    page = visitor.get("/sign-in")
    (way,) = [tag for tag in page.all("a") if tag.text == "Forgotten password?"]
    assert visitor.get(way.attrs["href"]).heading == "Forgotten password"


def test_it_answers_the_same_to_every_address(visitor, studio):
    said = set()
    for email in ("ben@panel.test", "nobody@panel.test"):
        visitor.get("/forgotten-password")
        page = visitor.submit("Ask for a link", {"Email": email})
        assert page.status == 200 and SAME in page.text
        said.add(page.text)
    assert len(said) == 1


def test_it_says_that_a_mail_goes_out_where_one_does_and_the_same_to_all(app, visitor, studio):
    guests = app.extensions["panel"]
    guests.mail = replace(guests.mail, server=Server("mail.test", 25, "none", "", "", "a@b.test"))
    said = set()
    for email in ("ben@panel.test", "nobody@panel.test"):
        visitor.get("/forgotten-password")
        page = visitor.submit("Ask for a link", {"Email": email})
        said.add(page.text)
    assert len(said) == 1 and "a mail with a link goes to it now" in said.pop()


def test_it_asks_for_patience_where_somebody_asks_too_often(visitor, studio):
    for _ in range(11):
        visitor.get("/forgotten-password")
        page = visitor.submit("Ask for a link", {"Email": "ben@panel.test"})
    assert page.status == 429 and "Wait 15 minutes" in page.text
