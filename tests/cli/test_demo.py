"""`flask demo`."""

from panel.db.base import db, fresh
from panel.db.tables import Appointment, Company, Mail, MailSettings
from tests import make


def test_it_fills_an_empty_panel(app):
    said = app.test_cli_runner().invoke(args=["demo"])
    assert (said.exit_code, "owner@panel.test" in said.output) == (0, True)
    with app.app_context():
        assert db.session.get(Company, 1).name == "Linden Studio"
        assert db.session.query(Appointment).count() > 50


def test_it_refuses_where_there_is_anything(house):
    make.employee()
    said = house.test_cli_runner().invoke(args=["demo"])
    assert said.exit_code == 1
    assert said.output == (
        "Error: There is something in this database already, so nothing was added.\n"
    )


def test_it_says_nothing_where_it_was_asked_to_fill_only_an_empty_one(house):
    make.employee()
    said = house.test_cli_runner().invoke(args=["demo", "--if-empty"])
    assert (said.exit_code, said.output) == (0, "")


def mail_settings():
    fresh()
    return db.session.get(MailSettings, 1)


def test_its_mails_go_to_the_sandbox(house):
    house.test_cli_runner().invoke(args=["demo", "--smtp-port", "8025"])
    assert (mail_settings().host, mail_settings().port) == ("127.0.0.1", 8025)
    reminders = {"attendee_reminder", "customer_reminder"}
    assert {one.kind for one in db.session.scalars(db.select(Mail))} == reminders


def test_it_follows_the_sandbox_to_another_port(house):
    house.test_cli_runner().invoke(args=["demo", "--smtp-port", "8025"])
    house.test_cli_runner().invoke(args=["demo", "--if-empty", "--smtp-port", "9025"])
    assert mail_settings().port == 9025


def test_it_leaves_a_mail_server_of_ones_own_alone(house):
    make.employee()
    make.save(MailSettings(id=1, host="smtp.example", port=587, from_address="a@b.test"))
    house.test_cli_runner().invoke(args=["demo", "--if-empty", "--smtp-port", "9025"])
    assert mail_settings().host == "smtp.example"
