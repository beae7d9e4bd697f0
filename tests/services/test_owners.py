"""The first owner comes in by a link that works once."""

from datetime import UTC, datetime, timedelta

import pytest

from panel.domain.errors import NotThere, RuleBroken
from panel.services import owners
from tests import make

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
RUTH = {"name": "Ruth Linden", "email": "Ruth@panel.test", "password": "correct horse"}
RUTH |= {"business": "Studio Linden", "zone": "Europe/Berlin"}


def test_the_link_makes_an_owner(house):
    key = owners.invite_first_owner(now=NOW)
    ruth = owners.become_owner(key, **RUTH, now=NOW)
    assert (ruth.email, ruth.role) == ("ruth@panel.test", "owner")


def test_the_link_works_once(house):
    key = owners.invite_first_owner(now=NOW)
    owners.become_owner(key, **RUTH, now=NOW)
    with pytest.raises(NotThere):
        owners.become_owner(key, **RUTH, now=NOW)


def test_the_link_lasts_a_day(house):
    key = owners.invite_first_owner(now=NOW)
    owners.check_key(key, now=NOW + timedelta(hours=23, minutes=59))
    with pytest.raises(NotThere):
        owners.check_key(key, now=NOW + timedelta(hours=24))


def test_a_newer_link_voids_the_older(house):
    older = owners.invite_first_owner(now=NOW)
    owners.invite_first_owner(now=NOW)
    with pytest.raises(NotThere):
        owners.check_key(older, now=NOW)


def test_a_refused_password_does_not_use_the_link_up(house):
    key = owners.invite_first_owner(now=NOW)
    with pytest.raises(RuleBroken, match="at least 8 characters"):
        owners.become_owner(key, **{**RUTH, "password": "short"}, now=NOW)
    owners.check_key(key, now=NOW)


def test_a_made_up_key_opens_nothing(house):
    with pytest.raises(NotThere):
        owners.check_key("made up", now=NOW)


def test_an_owner_made_by_hand_voids_the_link(house):
    key = owners.invite_first_owner(now=NOW)
    owners.create_owner(name="Ruth", email="r@panel.test", password="correct horse", now=NOW)
    with pytest.raises(NotThere):
        owners.check_key(key, now=NOW)


def test_the_link_makes_no_second_owner(house):
    key = owners.invite_first_owner(now=NOW)
    make.user(email="owner@panel.test")
    with pytest.raises(NotThere):
        owners.become_owner(key, **RUTH, now=NOW)
