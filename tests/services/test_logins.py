"""The last owner stays, whoever asks and however many at once."""

import threading
from contextlib import suppress

import pytest

from panel.db.base import db, fresh
from panel.db.tables import User
from panel.domain.errors import NotAllowed, PanelError, RuleBroken
from panel.domain.people import Actor
from panel.services import logins
from tests import make


def actor(user):
    return Actor(user.id, user.name, user.role)


@pytest.fixture
def ruth(house):
    return make.user(email="ruth@panel.test", name="Ruth Linden", role="owner")


def owners():
    fresh()
    return list(db.session.scalars(db.select(User.name).filter_by(role="owner", active=True)))


@pytest.mark.parametrize("role", ["manager", "employee"])
def test_only_the_owner_gives_roles(ruth, role):
    other = make.user(email="mia@panel.test", name="Mia Falk", role=role)
    for user in (ruth, other):
        with pytest.raises(NotAllowed):
            logins.set_role(user.id, "owner", by=actor(other))


def test_an_owner_who_was_demoted_meanwhile_cannot_take_the_last_one_away(ruth):
    """His page was open still; what he may is known from before."""
    cora = make.user(email="cora@panel.test", name="Cora Linden", role="owner")
    before = actor(cora)
    logins.set_role(cora.id, "employee", by=actor(ruth))
    with pytest.raises(RuleBroken, match="Somebody must be owner"):
        logins.set_active(ruth.id, False, by=before)


def demote(app, start, user_id, by):
    """What one of several threads does once all are there."""
    with app.app_context():
        start.wait()
        with suppress(PanelError):
            logins.set_role(user_id, "employee", by=by)
        db.session.remove()


def test_two_owners_who_demote_each_other_leave_one(ruth, house):
    cora = make.user(email="cora@panel.test", name="Cora Linden", role="owner")
    start = threading.Barrier(2)
    pairs = (ruth.id, actor(cora)), (cora.id, actor(ruth))
    both = [threading.Thread(target=demote, args=(house, start, *pair)) for pair in pairs]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(owners()) == 1
