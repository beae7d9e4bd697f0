"""Who works here."""

from datetime import timedelta

import pytest

from panel.domain.errors import NotAllowed, NotThere, RuleBroken
from panel.domain.people import PERMISSIONS, Actor
from panel.services import employee_lists, employees
from panel.services.employees import Details
from tests import make
from tests.services.studio import NOON, OWNER

MANAGER = Actor(None, "Mia Holt", "manager")
CARLA = Details("Carla Ruiz", "Europe/London", "Physiotherapist", tone=4)


def test_a_new_employee_takes_bookings_and_may_change_nothing(studio):
    made = employees.create(CARLA, by=MANAGER, now=NOON)
    assert (made.name, made.zone, made.active, made.permissions) == (
        "Carla Ruiz", "Europe/London", True, [],
    )  # fmt: skip


@pytest.mark.parametrize(
    "details, field",
    [
        (Details(" ", "UTC"), "name"),
        (Details("Carla", "Etc/GMT+2"), "zone"),
        (Details("Carla", "UTC", tone=9), "tone"),
        (Details("Carla", "UTC", phone="1" * 41), "phone"),
    ],
)
def test_it_says_which_field_is_wrong(studio, details, field):
    with pytest.raises(RuleBroken) as refused:
        employees.create(details, by=OWNER, now=NOON)
    assert refused.value.field == field


def test_an_employee_changes_their_own_name_but_not_how_they_are_shown(studio):
    wish = Details("Anna B. Berg", "Europe/Paris", "Queen", "0117", 8, shown=False)
    kept = employees.edit(studio.anna.id, wish, by=studio.actor(studio.anna))
    assert (kept.name, kept.zone, kept.phone) == ("Anna B. Berg", "Europe/Paris", "0117")
    assert (kept.title, kept.tone, kept.shown) == ("", 1, True)


def test_a_colleague_is_not_there(studio):
    ben = studio.actor(studio.ben)
    for deed in (
        lambda: employees.edit(studio.anna.id, CARLA, by=ben),
        lambda: employees.one(studio.anna.id, by=ben),
    ):
        with pytest.raises(NotThere, match="no such employee"):
            deed()


def test_only_the_owner_gives_permissions(studio):
    given = employees.set_permissions(studio.anna.id, ["events", "services"], by=OWNER)
    assert given.permissions == ["services", "events"]
    with pytest.raises(NotAllowed):
        employees.set_permissions(studio.anna.id, PERMISSIONS, by=MANAGER)
    with pytest.raises(RuleBroken):
        employees.set_permissions(studio.anna.id, ["fly"], by=OWNER)


def test_a_login_belongs_to_one_employee(studio):
    user = make.user(role="employee", email="anna@panel.test")
    employees.link_login(studio.anna.id, user.id, by=OWNER)
    with pytest.raises(RuleBroken, match="anna@panel.test is already the login of Anna Berg"):
        employees.link_login(studio.ben.id, user.id, by=OWNER)
    employees.link_login(studio.anna.id, None, by=OWNER)
    assert employees.link_login(studio.ben.id, user.id, by=OWNER).user_id == user.id


def test_services_are_the_employees_own_choice_where_permitted(studio):
    employees.set_services(studio.anna.id, [], by=studio.actor(studio.anna))
    with pytest.raises(NotAllowed):
        employees.set_services(studio.anna.id, [], by=studio.actor(studio.anna, "events"))


def test_lists_are_found_by_name_title_and_address(studio):
    employees.create(CARLA, by=OWNER, now=NOON)
    user = make.user(role="employee", email="first@panel.test")
    employees.link_login(studio.anna.id, user.id, by=OWNER)
    for search, name in [("ode", "Ben Ode"), ("physio", "Carla Ruiz"), ("first@", "Anna Berg")]:
        assert [one.name for one in listed(search=search)] == [name]
    assert listed()[0].email == "first@panel.test"


def test_who_has_left_is_still_listed_but_not_offered(studio):
    employees.set_active(studio.ben.id, False, by=OWNER)
    assert [one.name for one in listed()] == ["Anna Berg", "Ben Ode"]
    assert employee_lists.activity() == {studio.anna.id: True, studio.ben.id: False}
    assert [one.name for one in employees.active()] == ["Anna Berg"]
    assert employees.active(studio.actor(studio.ben)) == []


def test_lists_say_what_comes_next(studio):
    booked = studio.book("2026-11-26T10:00")
    studio.book("2026-11-27T10:00")
    assert [(one.next, one.services) for one in listed()] == [(booked.starts, 1), (None, 1)]
    assert [one.next for one in listed(now=NOON + timedelta(days=9))] == [None, None]


def test_a_list_is_narrowed_to_some_and_closed_to_employees(studio):
    assert [one.name for one in listed(among=[studio.ben.id])] == ["Ben Ode"]
    assert listed(among=[]) == []
    with pytest.raises(NotAllowed):
        employee_lists.listed(studio.actor(studio.anna), now=NOON)


def listed(now=NOON, **narrowed):
    return employee_lists.listed(OWNER, now=now, **narrowed).rows
