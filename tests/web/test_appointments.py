"""The list of appointments, in the panel and in the back end."""

import pytest

from tests.web.studio import Studio


@pytest.fixture
def studio(house):
    return Studio()


def test_it_shows_an_employee_their_own(visitor, studio):
    studio.booked(studio.anna, "Ines Carvalho", days=1)
    studio.booked(studio.ben, "Oliver Penn", days=1)
    visitor.sign_in("anna@panel.test")
    page = visitor.get("/panel/appointments")
    assert ("Ines Carvalho" in page.text, "Oliver Penn" in page.text) == (True, False)


def test_it_shows_the_owner_everybodys(visitor, studio):
    studio.booked(studio.anna, "Ines Carvalho", days=1)
    studio.booked(studio.ben, "Oliver Penn", days=1)
    visitor.sign_in("owner@panel.test")
    page = visitor.get("/admin/appointments/")
    assert ("Ines Carvalho" in page.text, "Oliver Penn" in page.text) == (True, True)
