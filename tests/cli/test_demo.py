"""`flask demo`."""

from panel.db.base import db
from panel.db.tables import Appointment, Company
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
