"""Links by which somebody chooses a password."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from panel.db.base import db, fresh
from panel.db.tables import Invitation, User
from panel.domain.errors import NotAllowed, NotThere, RuleBroken, TooOften
from panel.domain.people import Actor
from panel.services import (
    employee_lists,
    employees,
    invitations,
    one_time_links,
    owners,
    signing_in,
)
from panel.services.employees import Details
from tests import make
from tests.services.studio import NOON, OWNER

MANAGER = Actor(None, "Mia Holt", "manager")
CHOSEN = "correct horse"


@pytest.fixture
def anna(studio):
    """Her login, with a password."""
    user = make.user(email="anna@panel.test", name="Anna Berg", role="employee")
    employees.link_login(studio.anna.id, user.id, by=OWNER)
    return user


@pytest.fixture
def key(studio):
    return invitations.invite(studio.ben.id, email="Ben@panel.test", by=MANAGER, now=NOON)


def forget(email, **more):
    usual = {"network": "203.0.113.7", "limited": True, "now": NOON}
    invitations.forgotten(email, **{**usual, **more})


def sign_in(email, password, limited=False):
    return signing_in.sign_in(email, password, network=None, limited=limited, now=NOON)


def test_an_invitation_lets_somebody_choose_a_password(studio, key):
    assert invitations.opened(key, now=NOON) == invitations.Invited(
        "Ben Ode", "ben@panel.test", True
    )
    person = invitations.choose_password(key, CHOSEN, now=NOON)
    assert (person.employee_id, person.role) == (studio.ben.id, "employee")
    assert sign_in("ben@panel.test", CHOSEN).user_id == person.user_id


def test_nobody_signs_in_before_a_password_is_chosen(studio, key):
    with pytest.raises(RuleBroken):
        sign_in("ben@panel.test", "")


def test_only_the_hash_of_a_key_is_kept(studio, key):
    kept = db.session.scalars(db.select(Invitation.token_hash)).one()
    assert key not in kept and len(kept) == 64


@pytest.mark.parametrize("late", [timedelta(hours=24), timedelta(days=9)])
def test_a_link_lasts_a_day(studio, key, late):
    invitations.opened(key, now=NOON + timedelta(hours=23, minutes=59))
    with pytest.raises(NotThere):
        invitations.opened(key, now=NOON + late)


def test_a_link_works_once(studio, key):
    invitations.choose_password(key, CHOSEN, now=NOON)
    with pytest.raises(NotThere):
        invitations.choose_password(key, "another one", now=NOON)


def test_a_short_password_does_not_use_a_link_up(studio, key):
    with pytest.raises(RuleBroken, match="at least 8 characters"):
        invitations.choose_password(key, "short", now=NOON)
    invitations.opened(key, now=NOON)


def test_nothing_tells_a_used_link_from_one_that_never_was(studio, key):
    invitations.choose_password(key, CHOSEN, now=NOON)
    said = []
    for one in (key, "made up"):
        with pytest.raises(NotThere) as refused:
            invitations.opened(one, now=NOON)
        said.append(str(refused.value))
    assert said[0] == said[1]


def test_a_new_password_ends_sessions_and_voids_other_links(anna):
    forget("anna@panel.test")
    key = invitations.invite_again(anna.id, by=OWNER, now=NOON)
    before = sign_in("anna@panel.test", make.PASSWORD)
    invitations.choose_password(key, CHOSEN, now=NOON)
    assert signing_in.known(before.user_id, before.version) is None
    assert invitations.access(anna, now=NOON).asked_at is None


def test_inviting_again_voids_the_link_before(studio, key):
    ben = db.session.scalars(db.select(User).filter_by(email="ben@panel.test")).one()
    newer = invitations.invite_again(ben.id, by=MANAGER, now=NOON)
    with pytest.raises(NotThere):
        invitations.opened(key, now=NOON)
    assert invitations.opened(newer, now=NOON).first


def test_whoever_asks_from_outside_voids_no_invitation(studio, key):
    forget("ben@panel.test")
    invitations.opened(key, now=NOON)


def test_a_password_set_by_the_keeper_or_oneself_voids_links(studio, anna):
    key = invitations.invite_again(anna.id, by=OWNER, now=NOON)
    owners.set_password(email="anna@panel.test", password=CHOSEN, now=NOON)
    with pytest.raises(NotThere):
        invitations.opened(key, now=NOON)
    key = invitations.invite_again(anna.id, by=OWNER, now=NOON)
    signing_in.change_password(
        sign_in("anna@panel.test", CHOSEN), CHOSEN, "another one", limited=False, now=NOON
    )
    with pytest.raises(NotThere):
        invitations.opened(key, now=NOON)


def test_a_login_that_is_switched_off_is_let_in_by_no_link(anna):
    key = invitations.invite_again(anna.id, by=OWNER, now=NOON)
    make.save(anna).active = False
    db.session.commit()
    with pytest.raises(NotThere):
        invitations.choose_password(key, CHOSEN, now=NOON)
    with pytest.raises(RuleBroken, match="may not sign in"):
        invitations.invite_again(anna.id, by=OWNER, now=NOON)


def test_a_link_for_the_first_owner_opens_no_other_door(house):
    key = owners.invite_first_owner(now=NOON)
    with pytest.raises(NotThere):
        invitations.opened(key, now=NOON)


def test_an_employee_is_hired_and_invited_or_neither(studio, anna):
    carla = Details("Carla Ruiz", "UTC")
    with pytest.raises(RuleBroken, match="has a login already"):
        invitations.hire(carla, email="anna@panel.test", by=MANAGER, now=NOON)
    assert employee_lists.listed(OWNER, now=NOON, search="Carla").total == 0
    made, key = invitations.hire(carla, email="carla@panel.test", by=MANAGER, now=NOON)
    assert invitations.choose_password(key, CHOSEN, now=NOON).employee_id == made.id


@pytest.mark.parametrize("role", ["manager", "owner"])
def test_only_the_owner_invites_to_the_back_end(studio, role):
    wish = {"email": "ben@panel.test", "role": role, "now": NOON}
    with pytest.raises(NotAllowed):
        invitations.invite(studio.ben.id, by=MANAGER, **wish)
    key = invitations.invite(studio.ben.id, by=OWNER, **wish)
    assert invitations.choose_password(key, CHOSEN, now=NOON).role == role


def test_a_manager_makes_no_link_for_an_owner(house):
    boss = make.user(role="owner")
    with pytest.raises(NotAllowed, match="Only the owner"):
        invitations.invite_again(boss.id, by=MANAGER, now=NOON)


def test_whoever_forgets_is_seen_to_wait(anna):
    forget("Anna@panel.test ")
    assert invitations.access(anna, now=NOON) == invitations.Access(True, NOON)
    assert invitations.access(anna, now=NOON + one_time_links.LASTS).asked_at is None


@pytest.mark.parametrize("by_mail", [False, True])
def test_a_known_and_an_unknown_address_cost_the_same(anna, by_mail):
    """The same statements in the same order, so that the time tells nothing either."""
    asked = {}
    for email in ("anna@panel.test", "nobody@panel.test"):
        fresh()
        asked[email] = statements = []

        def note(_connection, _cursor, statement, *_, kept=statements):
            kept.append(statement.partition(" WHERE ")[0])

        event.listen(db.engine, "before_cursor_execute", note)
        forget(email, by_mail=by_mail)
        event.remove(db.engine, "before_cursor_execute", note)
    assert asked["anna@panel.test"] == asked["nobody@panel.test"] != []


def test_asking_is_slowed_by_address_and_by_network(house):
    for _ in range(10):
        forget("anna@panel.test")
    with pytest.raises(TooOften, match="Wait 15 minutes"):
        forget("anna@panel.test", network="198.51.100.1")
    for number in range(50):
        forget(f"nobody{number}@panel.test")
    with pytest.raises(TooOften):
        forget("another@panel.test")


def test_whoever_was_locked_out_starts_afresh(anna):
    for _ in range(10):
        with pytest.raises(RuleBroken):
            sign_in("anna@panel.test", "wrong", limited=True)
    key = invitations.invite_again(anna.id, by=OWNER, now=NOON)
    invitations.choose_password(key, CHOSEN, now=NOON)
    assert sign_in("anna@panel.test", CHOSEN, limited=True).user_id == anna.id
