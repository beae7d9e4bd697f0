"""One-time links by mail: to whom they go, and that their keys lie nowhere."""

import re

import pytest

from panel.db.base import db, fresh
from panel.db.tables import Invitation, Mail
from panel.domain.errors import NotThere
from panel.services import employees, invitations
from tests import make
from tests.services.correspondence import written
from tests.services.studio import NOON, OWNER

LINK = re.compile(r"http://127\.0\.0\.1:8000/choose-password/([\w-]+)")


@pytest.fixture
def anna(studio):
    user = make.user(email="anna@panel.test", name="Anna Berg", role="employee")
    employees.link_login(studio.anna.id, user.id, by=OWNER)
    return user


def forget(email):
    invitations.forgotten(email, network=None, limited=False, now=NOON, by_mail=True)


def keys(post):
    """The keys in all mails that were taken."""
    bodies = (one.get_body(("plain",)).get_content() for one in post.box.taken)
    return [LINK.search(body)[1] for body in bodies]


def test_an_invitation_goes_by_mail(studio, post):
    said = invitations.invite(
        studio.ben.id, email="Ben@panel.test", by=OWNER, now=NOON, by_mail=True
    )
    assert said == "" and post.deliver() == ["Your access to Studio"]
    assert invitations.opened(keys(post)[0], now=NOON).email == "ben@panel.test"


def test_whoever_has_a_password_is_not_invited_but_given_another(anna, post):
    assert invitations.invite_again(anna.id, by=OWNER, now=NOON, by_mail=True) == ""
    assert post.deliver() == ["A new password for Studio"]


def test_a_key_is_made_when_its_mail_is_sent_and_kept_nowhere(anna, post):
    forget("anna@panel.test")
    assert [one.text for one in written()] == [""]
    post.deliver()
    (mail,), (key,) = written(), keys(post)
    assert key not in mail.text and "%link_url%" in mail.text
    assert key not in str(db.session.scalars(db.select(Invitation.token_hash)).all())


def test_the_later_of_two_mails_counts(anna, post):
    for _ in range(2):
        forget("anna@panel.test")
        post.deliver()
    older, newer = keys(post)
    assert invitations.opened(newer, now=NOON).name == "Anna Berg"
    with pytest.raises(NotThere):
        invitations.opened(older, now=NOON)


def test_who_asks_twice_while_none_leaves_gets_one(anna, post):
    for _ in range(2):
        forget("anna@panel.test")
    assert len(post.deliver()) == 1


def test_nobody_gets_nothing_and_is_forgotten(anna, post):
    forget("nobody@panel.test")
    assert len(written()) == 1 and post.deliver() == []
    assert written() == []


def test_a_login_that_was_switched_off_meanwhile_gets_none(anna, post):
    forget("anna@panel.test")
    make.save(anna).active = False
    db.session.commit()
    assert post.deliver() == []
    assert written()[0].status == "dropped"


def test_who_waited_a_day_gets_none(anna, post):
    forget("anna@panel.test")
    post.forward(hours=24, seconds=1)
    assert post.deliver() == []


def test_without_a_mail_server_no_mail_is_written(anna, house):
    invitations.forgotten("anna@panel.test", network=None, limited=False, now=NOON)
    fresh()
    assert db.session.scalar(db.select(Mail.id)) is None
    assert invitations.access(anna, now=NOON).asked_at == NOON
