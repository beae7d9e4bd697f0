"""The list of appointments, in the panel and in the back end."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from panel.db.base import writing
from tests import make
from tests.web.studio import Studio


@pytest.fixture
def studio(house):
    return Studio()


def test_it_shows_an_employee_their_own(visitor, studio):
    studio.booked(studio.anna, "Ines Carvalho", days=1)
    studio.booked(studio.ben, "Oliver Penn", days=1)
    visitor.enter("anna@panel.test")
    page = visitor.get("/panel/appointments")
    assert ("Ines Carvalho" in page.text, "Oliver Penn" in page.text) == (True, False)


def test_it_shows_the_owner_everybodys(visitor, studio):
    studio.booked(studio.anna, "Ines Carvalho", days=1)
    studio.booked(studio.ben, "Oliver Penn", days=1)
    visitor.enter("owner@panel.test")
    page = visitor.get("/admin/appointments/")
    assert ("Ines Carvalho" in page.text, "Oliver Penn" in page.text) == (True, True)


@pytest.fixture
def owner(visitor, studio):
    """An owner whose Anna has two appointments, one of them past."""
    studio.booked(studio.anna, "Ines Carvalho", days=1)
    studio.booked(studio.anna, "Oliver Penn", days=-3)
    visitor.enter("owner@panel.test")
    visitor.get("/admin/appointments/", more=1)
    return visitor


def day(days: int) -> str:
    return f"{datetime.now(UTC) + timedelta(days=days):%Y-%m-%d}"


def test_it_shows_what_lies_between_two_dates_past_or_not(owner):
    page = owner.submit("Show", {"From": day(-4), "To": day(-2)})
    assert ("Oliver Penn" in page.text, "Ines Carvalho" in page.text) == (True, False)
    dates = {"from": day(-4), "to": day(-2)}
    assert "Oliver Penn" not in owner.get("/admin/appointments/", when="upcoming", **dates).text


def test_it_shows_one_service_and_keeps_the_rest_of_the_address(owner, studio):
    make.service(name="Yoga")
    owner.get("/admin/appointments/", when="past", q="Oliver", more=1)
    page = owner.submit("Show", {"Service": "Sports massage"})
    assert "1 appointment in the past with “Oliver”" in page.text
    assert "Nothing found" in owner.submit("Show", {"Service": "Yoga"}).text


def test_it_shows_one_category(owner, studio):
    with writing() as session:
        under = make.tables.Category(name="Body")
        session.add(under)
        session.flush()
        session.get(make.tables.Service, studio.massage.id).category_id = under.id
    owner.get("/admin/appointments/", more=1)
    assert "Ines Carvalho" in owner.submit("Show", {"Category": "Body"}).text


def test_the_search_keeps_the_filters(owner):
    owner.get("/admin/appointments/", **{"from": day(-4), "to": day(-2)})
    form = next(one for one in owner.page.all("form") if one.attrs.get("role") == "search")
    kept = {tag.attrs["name"] for tag in form.all("input")}
    assert {"from", "to", "q"} <= kept


def test_what_is_no_date_narrows_nothing(owner):
    page = owner.get("/admin/appointments/", **{"from": "soon", "service": "x", "category": "-"})
    assert page.status == 200 and "Ines Carvalho" in page.text


def test_it_hands_out_what_is_shown_as_a_table(owner):
    owner.get("/admin/appointments/", when="past")
    link = next(tag for tag in owner.page.all("a") if tag.text == "Download as CSV")
    table = owner.get(link.attrs["href"]).file.decode("utf-8-sig")
    heads, line = csv.reader(io.StringIO(table, newline=""))
    assert (heads[0], len(line)) == ("Reference", len(heads))
    assert "Oliver Penn" in line and "Europe/Berlin" not in heads


def test_no_formula_leaves_in_a_table(owner, studio):
    studio.booked(studio.anna, "=HYPERLINK(1)", days=2)
    table = owner.get("/admin/appointments/export").file.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in table


def test_an_employee_takes_only_their_own_along(visitor, studio, owner):
    visitor.forget("panel_session")
    visitor.enter("ben@panel.test")
    assert b"Ines" not in visitor.get("/panel/appointments/export", when="all").file
    assert visitor.get("/admin/appointments/export").status == 403


@pytest.mark.parametrize(
    "query", ["on=9999-12-31", "from=0001-01-01", f"service={10**20}", f"employee={10**20}"]
)
def test_what_cannot_be_in_its_address_narrows_nothing(owner, query):
    name, value = query.split("=")
    page = owner.get("/admin/appointments/", when="all", **{name: value})
    assert (page.status, "Ines Carvalho" in page.text) == (200, True)


@pytest.mark.parametrize("what", ["appointments", "customers", "employees"])
def test_nothing_is_under_an_id_that_cannot_be(owner, what):
    assert owner.get(f"/admin/{what}/{10**20}").status == 404
