"""A new panel is set up through a link that works once."""

import pytest

from panel.db.tables import Company
from panel.services import owners

RUTH = {
    "Business": "Linden Studio",
    "Time zone": "Europe/Berlin",
    "Your name": "Ruth Linden",
    "Email": "ruth@linden.example",
    "Password": "correct horse",
}


@pytest.fixture
def link(house):
    key = owners.invite_first_owner(now=house.extensions["panel"].now())
    return f"/first-owner/{key}"


def test_it_makes_the_owner_and_the_business(visitor, link, house):
    visitor.get(link)
    assert visitor.submit("Create the panel", RUTH).path == "/admin"
    assert "Your panel is ready." in visitor.page.text
    company = house.extensions["sqlalchemy"].session.get(Company, 1)
    assert (company.name, company.zone) == ("Linden Studio", "Europe/Berlin")


def test_the_owner_signs_in_with_what_was_chosen(visitor, link):
    visitor.get(link)
    visitor.submit("Create the panel", RUTH)
    visitor.submit("Sign out")
    page = visitor.sign_in(RUTH["Email"], RUTH["Password"])
    assert page.path not in ("/sign-in", link)


def test_the_owner_lands_on_the_first_steps(visitor, link):
    visitor.get(link)
    page = visitor.submit("Create the panel", RUTH)
    assert "Ready for the first booking" in page.text
    assert "Linden Studio, in Europe/Berlin." in page.text


def test_the_link_opens_once(visitor, link):
    visitor.get(link)
    visitor.submit("Create the panel", RUTH)
    assert "This link does not work." in visitor.get(link).text


def test_it_keeps_what_was_typed_when_the_password_is_short(visitor, link):
    visitor.get(link)
    page = visitor.submit("Create the panel", {**RUTH, "Password": "short"})
    assert "Take at least 8 characters." in page.text
    assert "Linden Studio" in page.html


def test_a_made_up_link_is_answered_with_a_sentence(visitor, house):
    page = visitor.get("/first-owner/made-up")
    assert (page.status, "Ask for a new one" in page.text) == (404, True)
