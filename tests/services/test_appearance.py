"""How the business looks."""

import pytest
from sqlalchemy import func, select

from panel.db.base import db
from panel.db.tables import Picture
from panel.domain.errors import NotAllowed, RuleBroken
from panel.domain.people import Actor
from panel.services import appearance, company
from tests import make
from tests.services.studio import NOON, OWNER
from tests.support.images import picture

MANAGER = Actor(None, "Mia Holt", "manager")


def edit(**given) -> None:
    appearance.edit(**{"accent": "", "embed_origins": "", "by": OWNER} | given)


def test_it_is_ours_where_nobody_chose(house):
    assert appearance.shown() == appearance.Appearance("Panel", "", None, "")


def test_it_keeps_a_colour(house):
    make.company(name="Linden Studio")
    edit(accent="#C0392B")
    assert (appearance.shown().name, appearance.shown().accent) == ("Linden Studio", "#c0392b")


def test_petrol_is_no_colour_of_ones_own(house):
    edit(accent=appearance.PETROL)
    assert appearance.shown().accent == ""


def test_another_logo_takes_the_place_of_the_former(house):
    for size in ((40, 20), (20, 40)):
        appearance.set_logo(picture(size=size), by=OWNER, now=NOON)
    assert db.session.scalar(select(func.count()).select_from(Picture)) == 1
    assert len(appearance.shown().logo) == 64


def test_a_logo_can_go(house):
    appearance.set_logo(picture(), by=OWNER, now=NOON)
    appearance.set_logo(None, by=OWNER, now=NOON)
    assert appearance.shown().logo is None
    assert db.session.scalar(select(func.count()).select_from(Picture)) == 0


def test_a_refused_logo_leaves_the_former(house):
    appearance.set_logo(picture(), by=OWNER, now=NOON)
    kept = appearance.shown().logo
    with pytest.raises(RuleBroken):
        appearance.set_logo(b"nothing", by=OWNER, now=NOON)
    assert appearance.shown().logo == kept


def test_only_the_owner_changes_it(house):
    with pytest.raises(NotAllowed):
        edit(by=MANAGER)
    with pytest.raises(NotAllowed):
        appearance.set_logo(None, by=MANAGER, now=NOON)


def test_nobody_frames_the_booking_page_but_whom_the_owner_names(house):
    assert appearance.frame_ancestors(company.current()) == "'self'"
    edit(embed_origins="https://www.linden.example/book\nhttps://shop.linden.example:8443")
    assert appearance.frame_ancestors(company.current()) == (
        "'self' https://www.linden.example https://shop.linden.example:8443"
    )
