"""Who may enter which room."""

import pytest

from tests.web.studio import Studio

BACK_END = ["", "/appointments", "/events", "/customers", "/employees", "/services", "/journal"]


@pytest.fixture
def studio(house):
    return Studio()


@pytest.mark.parametrize("path", [*BACK_END, "/settings", "/employees/2"])
def test_the_back_end_is_closed_to_employees(visitor, studio, path):
    visitor.enter("anna@panel.test")
    page = visitor.get(f"/admin{path}")
    assert page.status == 403 and "Your pages are in the panel." in page.text


def test_an_employee_enters_their_own_page_there(visitor, studio):
    visitor.enter("anna@panel.test")
    page = visitor.get(f"/admin/employees/{studio.anna.id}")
    assert (page.status, page.heading) == (200, "Anna Berg")


def test_the_tabs_follow_the_permissions(visitor, studio):
    visitor.enter("carla@panel.test")
    tabs = visitor.get(f"/admin/employees/{studio.carla.id}").region("Carla Ruiz").text
    assert "Details" in tabs and "Work hours" not in tabs


@pytest.mark.parametrize("path", BACK_END)
def test_the_back_end_is_open_to_a_manager(visitor, studio, path):
    visitor.enter("mia@panel.test")
    assert visitor.get(f"/admin{path}").status == 200


def test_a_manager_changes_no_settings(visitor, studio):
    visitor.enter("mia@panel.test")
    assert visitor.get("/admin/settings").status == 403
    assert "Settings" not in visitor.get("/admin").text


@pytest.mark.parametrize("path", [*BACK_END, "/settings", "/settings/days-off"])
def test_everything_is_open_to_the_owner(visitor, studio, path):
    visitor.enter("owner@panel.test")
    assert visitor.get(f"/admin{path}/").status == 200


@pytest.mark.parametrize("place", ["", "/calendar", "/appointments", "/events", "/profile"])
def test_who_takes_no_bookings_is_told_so(visitor, studio, place):
    visitor.enter("owner@panel.test")
    assert "You take no bookings yet" in visitor.get(f"/panel{place}").text


def test_an_owner_can_take_bookings_too(visitor, studio):
    visitor.enter("owner@panel.test")
    visitor.get("/panel/profile")
    page = visitor.submit("Take bookings too")
    assert "You take bookings now." in page.text and page.heading == "My Profile"


def test_a_manager_cannot_become_the_owner(visitor, studio):
    """Only a login of an employee is theirs to change."""
    boss = studio.employee("Olga Boss", [])
    studio.promote(boss, "owner")
    visitor.enter("mia@panel.test")
    visitor.get(f"/admin/employees/{boss.id}")
    page = visitor.submit("Save", {"email": "mia2@panel.test"})
    assert page.status == 403 and "Only the owner" in page.text
    visitor.get(f"/admin/employees/{boss.id}")
    page = visitor.submit("Make a new link")
    assert page.status == 403 and "Only the owner" in page.text


@pytest.mark.parametrize("path", ["/new-link", "/stop", "/take-bookings"])
def test_what_the_back_end_decides_about_an_employee_is_not_their_own(visitor, studio, path):
    visitor.enter("anna@panel.test")
    visitor.get(f"/admin/employees/{studio.anna.id}")
    page = visitor.post(f"/admin/employees/{studio.anna.id}{path}", {"upcoming": "cancel"})
    assert page.status == 403 and "Only the owner and managers" in page.text
