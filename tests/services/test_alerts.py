"""Who is told by mail that Outlook needs them, when, and how often."""

from datetime import date, timedelta

import pytest

from panel.db.base import db, fresh, writing
from panel.db.tables import Alert, Connection, Mailbox, OutlookSettings
from panel.domain.errors import RuleBroken
from panel.services import alerts, employees
from tests import make
from tests.services.correspondence import written
from tests.services.outlook_rows import calendar, integration
from tests.services.studio import NOON, OWNER

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def people(studio):
    """Anna, Ben and Carla are connected; all of them and the owner sign in."""
    integration(client_id="c", client_secret=b"x", tenant="common")
    make.user(email="ruth@panel.test", name="Ruth Linden", role="owner")
    studio.carla = make.employee(name="Carla Ruiz")
    for one in (studio.anna, studio.ben, studio.carla):
        email = f"{one.name.split()[0].lower()}@panel.test"
        user = make.user(email=email, name=one.name, role="employee")
        employees.link_login(one.id, user.id, by=OWNER)
        calendar(one, is_write=True)
    change(Mailbox, pulled_at=NOON)
    change(Connection, importing=False)
    return studio


def change(table, *names, **given):
    """Change columns of all rows, or of the connections of these people."""
    with writing() as session:
        for row in session.scalars(db.select(table)):
            if not names or row.name in names:
                for name, value in given.items():
                    setattr(row, name, value)


def refuse(*names, since=NOON):
    change(Connection, *names, refused_at=since, refused_why="invalid_grant")


def watch(post, **later):
    """Let some time pass, and the clockwork look."""
    fresh()
    post.now = NOON + timedelta(**later)
    change(Mailbox, pulled_at=post.now, round_due=None)
    alerts.watch(post.outside, now=post.now)


def told():
    return [(one.to_address.split("@")[0], one.kind.removeprefix("outlook_")) for one in written()]


def test_the_employee_is_told_within_a_quarter_of_an_hour(people, post):
    refuse("Anna Berg")
    for minute in (0, 2, 4, 6, 8):
        watch(post, minutes=minute)
    assert told() == [("anna", "needed")]
    assert post.deliver() == ["Outlook: Microsoft asks you to sign in again."]
    assert "http://127.0.0.1:8000/panel/profile" in str(post.box.taken[0])


def test_what_passes_by_itself_is_not_worth_a_mail(people, post):
    refuse("Anna Berg")
    watch(post)
    change(Connection, refused_at=None)
    watch(post, minutes=4)
    watch(post, minutes=20)
    assert told() == []


def test_it_is_said_again_after_a_day_and_after_a_week_and_no_more(people, post):
    refuse("Anna Berg")
    for hours in (0, 1, 2, 23, 24, 25, 167, 168, 169, 900):
        watch(post, hours=hours)
    assert told() == [("anna", "needed")] * 3


def test_it_is_said_when_it_is_well_again(people, post):
    refuse("Anna Berg")
    watch(post)
    watch(post, minutes=6)
    change(Connection, refused_at=None)
    for minute in (8, 10):
        watch(post, minutes=minute)
    assert told() == [("anna", "needed"), ("anna", "repaired")]


def test_a_second_trouble_is_told_as_the_first(people, post):
    for hour in (0, 3):
        refuse("Anna Berg")
        watch(post, hours=hour)
        watch(post, hours=hour, minutes=6)
        change(Connection, refused_at=None)
        watch(post, hours=hour, minutes=8)
    assert told() == [("anna", "needed"), ("anna", "repaired")] * 2


def test_a_mail_that_comes_too_late_is_not_sent(people, post):
    refuse("Anna Berg")
    watch(post)
    watch(post, minutes=6)
    change(Connection, refused_at=None)
    watch(post, minutes=8)
    assert post.deliver() == ["Outlook is synced again"]


def test_whoever_disconnects_is_told_nothing_more(people, post):
    refuse("Anna Berg")
    watch(post)
    watch(post, minutes=6)
    change(Connection, "Anna Berg", state="ended")
    watch(post, minutes=8)
    assert told() == [("anna", "needed")]
    assert db.session.scalar(db.select(Alert.ended_at)) is not None


def test_three_alike_are_the_application_and_one_mail_to_the_owner(people, post):
    refuse("Anna Berg", "Ben Ode", "Carla Ruiz")
    for minute in (0, 2, 6, 8):
        watch(post, minutes=minute)
    assert told() == [("ruth", "needed")]
    assert post.deliver() == ["Outlook: Microsoft does not accept this business’s registration."]
    change(Connection, refused_at=None)
    watch(post, minutes=10)
    assert told()[1:] == [("ruth", "repaired")]


def test_of_whoever_cannot_sign_in_the_owner_is_told_by_name(people, post):
    with writing() as session:
        session.get_one(type(people.carla), people.carla.id).user_id = None
    refuse("Carla Ruiz")
    watch(post)
    watch(post, minutes=6)
    assert told() == [("ruth", "needed")]
    assert post.deliver() == ["Outlook: Microsoft asks Carla Ruiz to sign in again."]
    assert "http://127.0.0.1:8000/admin/sync" in str(post.box.taken[0])


def test_without_a_mail_server_nothing_is_written_and_later_what_still_holds(people, post):
    refuse("Anna Berg")
    server, post.guests.mail = post.guests.mail, type(post.outside)(None, "", "", ())
    watch(post)
    watch(post, hours=30)
    assert told() == []
    post.guests.mail = server
    watch(post, hours=31)
    watch(post, hours=32)
    assert told() == [("anna", "needed")]


@pytest.mark.parametrize("days, said", [(31, 0), (30, 1), (8, 1), (7, 1), (1, 1)])
def test_the_owner_is_reminded_before_the_client_secret_expires(people, post, days, said):
    change(OutlookSettings, secret_expires=date(2026, 11, 25) + timedelta(days=days))
    for hour in (0, 3):
        watch(post, hours=hour)
    assert told() == [("ruth", "secret")] * said


def test_each_step_of_an_expiry_is_said_once(people, post):
    change(OutlookSettings, secret_expires=date(2026, 11, 25) + timedelta(days=31))
    for day in range(33):
        watch(post, days=day)
    assert told() == [("ruth", "secret")] * 3


def test_somebody_can_be_reminded_by_hand(people, post):
    refuse("Anna Berg")
    args = {"by": OWNER, "outside": post.outside, "now": NOON}
    assert alerts.remind(people.anna.id, **args) == "anna@panel.test"
    assert told() == [("anna", "needed")] and alerts.told([people.anna.id]) == {
        people.anna.id: NOON
    }
    with pytest.raises(RuleBroken, match="needs nobody"):
        alerts.remind(people.ben.id, **args)
