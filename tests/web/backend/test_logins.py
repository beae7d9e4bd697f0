"""People who sign in: what they may do, and whether they may come in."""

import pytest

from panel.db.base import db, fresh
from panel.db.tables import User
from tests import make

LOGINS = "/admin/settings/logins"


@pytest.fixture
def other(owner, app):
    """Another browser."""
    return type(owner)(app)


def page_of(owner, user_id):
    return owner.get(f"{LOGINS}/{user_id}")


def role_of(user_id):
    fresh()
    return db.session.get_one(User, user_id).role


def test_it_lists_everybody_with_role_and_employee(owner):
    lines = [line.text for line in owner.get(LOGINS).all("tr")[1:]]
    assert any("Mia Falk mia@panel.test Manager May sign in" in line for line in lines)
    assert any("anna@panel.test Employee Anna Berg" in line for line in lines)


def test_it_finds_by_name_and_address(owner):
    page = owner.get(LOGINS, q="mia@")
    assert "Mia Falk" in page.text and "Anna Berg" not in page.text
    assert "Nobody found" in owner.get(LOGINS, q="nobody at all").text


def test_it_says_what_each_role_may_do(owner, studio):
    page = page_of(owner, studio.manager.id)
    assert "The whole back end, but no settings, rights or Outlook of others." in page.text


def test_another_role_holds_after_signing_in_again(owner, studio, other):
    other.enter("mia@panel.test")
    page_of(owner, studio.manager.id)
    assert "Saved. Mia Falk signs in again" in owner.submit("Save", {"role": "owner"}).text
    assert other.get("/admin").heading == "Sign in"
    other.enter("mia@panel.test")
    assert other.get(LOGINS).status == 200


def test_who_is_demoted_does_not_reach_the_back_end_any_more(owner, studio, other):
    page_of(owner, studio.manager.id)
    owner.submit("Save", {"role": "employee"})
    other.enter("mia@panel.test")
    assert other.get("/admin/customers").status == 403


def test_who_is_switched_off_is_out_at_once(owner, studio, other):
    other.enter("mia@panel.test")
    page_of(owner, studio.manager.id)
    page = owner.submit("Save", {"May sign in": False})
    assert "Switched off" in page.text
    assert other.get("/admin").heading == "Sign in"


def test_saving_without_a_change_signs_nobody_out(owner, studio, other):
    other.enter("mia@panel.test")
    page_of(owner, studio.manager.id)
    owner.submit("Save")
    assert other.get("/admin").heading == "Overview"


def test_the_last_owner_stays_owner(owner, studio):
    page_of(owner, studio.owner.id)
    page = owner.submit("Save", {"role": "manager"})
    assert "Somebody must be owner. Make somebody else owner first." in page.text
    assert role_of(studio.owner.id) == "owner"


def test_an_owner_who_may_not_come_in_counts_for_none(owner, studio):
    make.user(email="old@panel.test", name="Old Linden", role="owner", active=False)
    page_of(owner, studio.owner.id)
    assert "Somebody must be owner." in owner.submit("Save", {"role": "manager"}).text


def test_one_of_two_owners_may_step_down(owner, studio):
    make.user(email="co@panel.test", name="Cora Linden", role="owner")
    page_of(owner, studio.owner.id)
    owner.submit("Save", {"role": "manager"})
    assert role_of(studio.owner.id) == "manager"
    assert owner.get("/admin").heading == "Sign in"


def test_one_cannot_switch_off_oneself(owner, studio):
    assert "May sign in" not in page_of(owner, studio.owner.id).text


def test_a_role_that_does_not_exist_is_refused(owner, studio):
    page = page_of(owner, studio.manager.id)
    assert "Saved." not in owner.post(page.path, {"role": "king", "lets_in": "y"}).text
    assert role_of(studio.manager.id) == "manager"


@pytest.mark.parametrize("who", ["mia", "anna"])
def test_only_the_owner_comes_here(owner, studio, other, who):
    other.sign_in(f"{who}@panel.test")
    assert other.get(LOGINS).status == 403
    assert other.get(f"{LOGINS}/{studio.manager.id}").status == 403


def test_there_is_no_login_of_an_unknown_number(owner):
    assert owner.get(f"{LOGINS}/99").status == 404


def test_the_role_stands_on_the_details_of_an_employee_too(owner, studio, other):
    other.enter("carla@panel.test")
    owner.get(f"/admin/employees/{studio.carla.id}")
    owner.submit("Save", {"role": "manager"})
    assert role_of(studio.carla.user_id) == "manager"
    assert other.get("/panel/").heading == "Sign in"


def test_a_manager_sees_no_role_on_the_details(owner, studio, other):
    other.enter("mia@panel.test")
    page = other.get(f"/admin/employees/{studio.carla.id}")
    assert "May sign in" in page.text and "The whole back end" not in page.text


def test_saving_an_employees_details_signs_nobody_out(owner, studio, other):
    other.enter("carla@panel.test")
    owner.get(f"/admin/employees/{studio.carla.id}")
    owner.submit("Save", {"title": "Yoga teacher"})
    assert other.get("/panel/").heading != "Sign in"
