"""Settings, Notifications: the mail server, the wording, and what is said of mails."""

from dataclasses import replace

import pytest

from panel.db.base import db, fresh
from panel.db.tables import Mail, MailSettings, MailTemplate
from panel.services import mail_sending
from tests import make
from tests.support.mailbox import PASSWORD, USER, listening
from tests.web.studio import Studio

HERE = "/admin/settings/notifications"
BOOKED = f"{HERE}/customer_booked"


@pytest.fixture
def box():
    with listening(login=True) as box:
        yield box


@pytest.fixture
def studio(house):
    return Studio()


@pytest.fixture
def owner(visitor, studio):
    visitor.enter("owner@panel.test")
    visitor.get(HERE)
    return visitor


def typed(box, **given):
    usual = {
        "host": "127.0.0.1", "port": str(box.port), "security": "none", "username": USER,
        "password": PASSWORD, "from_address": "studio@panel.test", "from_name": "Linden Studio",
    }  # fmt: skip
    return {**usual, **given}


def kept():
    fresh()
    return db.session.get_one(MailSettings, 1)


def a_mail(house):
    now = house.extensions["panel"].now()
    make.save(
        Mail(
            kind="user_reset", subject="user", subject_id=1, to_address="a@panel.test",
            due_at=now, created_at=now, title="", text="",
        )
    )  # fmt: skip


def test_without_a_server_it_says_that_mails_wait(owner, house):
    a_mail(house)
    page = owner.get(HERE)
    assert "No mail server is set up. 1 mail waits." in page.text
    assert "No mail server is set up." in owner.get("/admin").text


def test_it_keeps_the_server_and_never_shows_the_password(owner, box):
    page = owner.submit("Save mail server", typed(box))
    assert "Saved." in page.text and "Stored. Type a new one" in page.html
    assert PASSWORD not in page.html and PASSWORD.encode() not in kept().password
    owner.submit("Save mail server", {"from_name": "Studio"})
    assert kept().password is not None and kept().from_name == "Studio"


def test_a_test_arrives_and_is_evidence(owner, box):
    owner.submit("Save mail server", typed(box))
    page = owner.submit("Send me a test")
    assert "The mail server took it. Look whether it arrives at owner@panel.test." in page.text
    assert box.subjects() == ["A test"] and "The mail server takes our mails." in page.text


def test_a_wrong_password_is_said_in_words(owner, box):
    owner.submit("Save mail server", typed(box, password="wrong"))
    page = owner.submit("Send me a test")
    assert "does not accept the user name or the password" in page.text
    assert "No mail goes out." in page.text and "No mail goes out." in owner.get("/admin").text
    owner.get(HERE)
    page = owner.submit("Save mail server", {"password": PASSWORD})
    assert "No mail goes out." not in page.text


def test_what_waits_leaves_with_the_next_delivery(owner, box, house):
    a_mail(house)
    owner.submit("Save mail server", typed(box))
    guests = house.extensions["panel"]
    mail_sending.deliver(guests.mail, guests.now)
    assert box.subjects() == ["A new password for Linden Studio"]


@pytest.mark.parametrize(
    "field, value, said",
    [
        ("host", "a b", "Write the name of the server like smtp.example.com."),
        ("port", "0", "Give a whole number of port numbers from 1 to 65535."),
        ("port", "x", "Write a whole number, like 30."),
        ("from_address", "", "Write the address like name@example.com."),
    ],
)
def test_it_says_what_is_to_be_put_right(owner, box, field, value, said):
    assert said in owner.submit("Save mail server", typed(box, **{field: value})).text


def test_the_environments_server_is_not_typed(owner, box, house):
    guests = house.extensions["panel"]
    guests.mail = replace(guests.mail, server=box.server("none", USER, PASSWORD))
    page = owner.get(HERE)
    assert "The environment names the mail server: 127.0.0.1." in page.text
    assert "Save mail server" not in page.buttons()
    owner.submit("Send me a test")
    assert box.subjects() == ["A test"]


def test_a_mail_is_worded_by_the_owner(owner):
    owner.get(BOOKED)
    page = owner.submit("Save", {"Title": "See you!", "Text": "Hello %customer_name%"})
    assert "Saved." in page.text and "Hello Ines Carvalho" in page.text
    fresh()
    assert db.session.get_one(MailTemplate, "customer_booked").title == "See you!"
    assert "your words" in owner.get(HERE).text


def test_it_refuses_an_unknown_placeholder_with_a_suggestion(owner):
    owner.get(BOOKED)
    page = owner.submit("Save", {"Text": "Hello %customer_nam%"})
    assert "There is no placeholder %customer_nam%. Did you mean %customer_name%?" in page.text


@pytest.mark.parametrize(
    "field, said", [("Title", "Give the mail a title."), ("Text", "Write what")]
)
def test_a_mail_that_says_nothing_is_refused(owner, field, said):
    owner.get(BOOKED)
    assert said in owner.submit("Save", {field: " "}).text


def test_our_words_come_back(owner):
    owner.get(BOOKED)
    owner.submit("Save", {"Title": "See you!"})
    page = owner.submit("Reset to our words")
    assert "Booked: Sports massage, Wed 25 Nov, 10:00" in page.text
    assert "Reset to our words" not in page.buttons()


def test_a_kind_is_switched_off(owner):
    owner.get(BOOKED)
    owner.submit("Save", {"Send this mail": False})
    assert "Off" in owner.get(HERE).text


def test_a_forgotten_password_is_always_answered(owner):
    assert "Send this mail" not in owner.get(f"{HERE}/user_reset").text


def test_the_preview_changes_as_one_types(owner):
    owner.get(BOOKED)
    data = {"title": "Hi %customer_name%", "text": "When: %starts%\n\n%x%"}
    assert "There is no placeholder %x%" in owner.post(f"{BOOKED}/preview", data).text
    owner.get(BOOKED)
    page = owner.post(f"{BOOKED}/preview", {**data, "text": "<b>When: %starts%"})
    assert "Hi Ines Carvalho" in page.text and "<b>" not in page.html


def test_a_kind_is_tried_as_it_is_stored(owner, box):
    owner.submit("Save mail server", typed(box))
    owner.get(BOOKED)
    owner.submit("Send me a test")
    assert box.subjects() == ["Booked: Sports massage, Wed 25 Nov, 10:00"]
    assert box.to == ["owner@panel.test"]


def test_an_unknown_kind_is_not_there(owner):
    assert owner.get(f"{HERE}/nonsense").status == 404


@pytest.mark.parametrize("who", ["mia", "anna"])
def test_it_is_the_owners(visitor, studio, who):
    visitor.sign_in(f"{who}@panel.test")
    assert visitor.get(HERE).status == 403 == visitor.get(BOOKED).status
