"""My Profile: details, password, work hours and days off."""

import pytest

from tests.web.studio import Studio

NEW = "a longer password"


@pytest.fixture
def studio(house):
    return Studio()


@pytest.fixture
def anna(visitor, studio):
    visitor.enter("anna@panel.test")
    visitor.get("/panel/profile")
    return visitor


def test_it_saves_ones_details(anna):
    anna.submit("Save details", {"name": "Anna Linden", "zone": "Europe/London"})
    page = anna.get("/panel/profile")
    assert "Anna Linden" in page.text and "<option selected>Europe/London" in page.html


def test_it_signs_in_with_another_address_from_then_on(anna):
    anna.submit("Save details", {"Email for signing in": "Anna.B@panel.test"})
    anna.submit("Sign out")
    assert anna.sign_in("anna.b@panel.test").path.startswith("/panel")


def test_it_refuses_an_address_that_a_colleague_has(anna):
    page = anna.submit("Save details", {"Email for signing in": "ben@panel.test"})
    assert "ben@panel.test has a login already." in page.text


@pytest.mark.parametrize("zone", ["Etc/GMT+2", "+02:00", "Nowhere"])
def test_it_refuses_what_is_no_zone_with_a_place(anna, zone):
    token = anna.token()
    page = anna.post("/panel/profile", {"name": "A", "email": "a@panel.test", "zone": zone,
                                        "csrf_token": token})  # fmt: skip
    assert "Europe/London" in page.text and "time zone" in page.text


def test_a_new_password_ends_every_other_session(app, anna):
    elsewhere = type(anna)(app)
    elsewhere.enter("anna@panel.test")
    anna.get("/panel/profile/password")
    wish = {"Present password": "demo", "New password": NEW, "New password, once more": NEW}
    assert "Your password is changed." in anna.submit("Change password", wish).text
    assert anna.get("/panel/profile").heading == "My Profile"
    assert elsewhere.get("/panel/profile").heading == "Sign in"


@pytest.mark.parametrize(
    "typed, said",
    [
        (("wrong", NEW, NEW), "That is not your present password."),
        (("demo", "short", "short"), "Take at least 8 characters."),
        (("demo", NEW, "another one"), "The two are not the same."),
    ],
)
def test_it_says_what_is_wrong_with_a_new_password(anna, typed, said):
    anna.get("/panel/profile/password")
    names = ("Present password", "New password", "New password, once more")
    page = anna.submit("Change password", dict(zip(names, typed, strict=True)))
    assert said in page.text


def test_it_adds_and_removes_a_day_off(anna):
    anna.get("/panel/profile/days-off")
    page = anna.submit("Add", {"First day": "2099-01-15", "note": "Course in Bath"})
    assert "Course in Bath" in page.text
    page = anna.submit("Remove Thursday 15 January 2099")
    assert "Course in Bath" not in page.text


def test_it_adds_a_special_day(anna):
    anna.get("/panel/profile/special-days")
    page = anna.submit("Add", {"First day": "2099-01-15", "Work hours": "10:00–14:00"})
    assert "Thursday 15 January 2099: 10:00–14:00" in page.text


@pytest.mark.parametrize("typed", ["nine to five", "25:00–26:00", "17:00–09:00", "09:00"])
def test_it_says_how_hours_are_written(anna, typed):
    anna.get("/panel/profile/special-days")
    page = anna.submit("Add", {"First day": "2099-01-15", "Work hours": typed})
    assert "Write times like 09:00–17:00" in page.text and typed in page.html


def test_it_only_shows_what_one_may_not_change(visitor, studio):
    visitor.enter("carla@panel.test")
    page = visitor.get("/panel/profile")
    assert "Ruth Linden sets these." in page.text and "Change work hours" not in page.text
    assert "Save" not in visitor.get("/panel/profile/work-hours").buttons()
