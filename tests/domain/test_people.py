"""What each role may do."""

import pytest

from panel.domain.errors import NotAllowed
from panel.domain.people import PERMISSIONS, Actor, program, visitor

OWNER = Actor(1, "Ruth Linden", "owner")
MANAGER = Actor(2, "Mia Holt", "manager")
ANNA = Actor(3, "Anna Berg", "employee", 7, frozenset({"appointments"}))
CARLA = Actor(4, "Carla Ruiz", "employee", 9)
LEA = visitor("Lea Roth")
SITE = program("Web site")


@pytest.mark.parametrize("permission", PERMISSIONS)
@pytest.mark.parametrize("actor", [OWNER, MANAGER])
def test_the_back_end_may_change_anybodys_work(actor, permission):
    assert actor.may(permission, 7)


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_an_employee_without_permissions_only_reads_their_own(permission):
    assert CARLA.sees(9) and not CARLA.sees(7)
    assert not CARLA.may(permission, 9)


def test_an_employee_changes_their_own_as_permitted():
    assert ANNA.may("appointments", 7)
    assert not ANNA.may("appointments", 9)
    assert not ANNA.may("events", 7)


def test_an_owner_who_takes_bookings_too_stays_the_owner():
    assert Actor(1, "Ruth Linden", "owner", 3).may("appointments", 7)


@pytest.mark.parametrize("permission", ["appointments", "events"])
@pytest.mark.parametrize("actor", [LEA, SITE])
def test_who_has_no_login_books_with_anybody(actor, permission):
    assert actor.may(permission, 7)
    assert not actor.is_staff


def test_a_program_keeps_customers_and_services_too():
    assert SITE.in_back_end and SITE.holds("customers") and SITE.holds("services")


def test_a_login_without_an_employee_holds_nothing():
    assert not Actor(5, "Nobody", "employee", None, frozenset(PERMISSIONS)).holds("customers")


@pytest.mark.parametrize(
    "refused, sentence",
    [
        (lambda: CARLA.must("appointments", 9), "You may not change appointments."),
        (lambda: ANNA.must("appointments", 9), "You may only change what is your own."),
        (lambda: ANNA.must_be_in_back_end(), "Only the owner and managers may do this."),
        (lambda: LEA.must("customers", 7), "You may not change customers."),
        (lambda: LEA.must_be_in_back_end(), "Only the owner and managers may do this."),
        (lambda: SITE.must("work_hours", 7), "You may not change your work hours."),
        (lambda: SITE.must_own(), "Only the owner may do this."),
        (lambda: MANAGER.must_own(), "Only the owner may do this."),
    ],
)
def test_it_refuses_in_a_sentence(refused, sentence):
    with pytest.raises(NotAllowed, match=sentence):
        refused()


def test_there_is_no_eighth_permission():
    with pytest.raises(ValueError, match="no permission 'fly'"):
        OWNER.holds("fly")
