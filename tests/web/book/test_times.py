"""Choosing a day and a time."""

import pytest

from panel.db.base import writing
from panel.db.tables import Service


def slots(page) -> list[str]:
    return [t.text for t in page.all("a") if t.attrs.get("class", "").startswith("slot")]


@pytest.fixture
def show(shop):
    def opened(days=3, **more):
        return shop.visitor.get(f"/book/{shop.massage.id}", day=shop.day(days).isoformat(), **more)

    return opened


def test_a_day_says_how_many_times_are_free(shop, show):
    page = show()
    here = next(t for t in page.all("a") if t.attrs.get("aria-current") == "date")
    assert f"{shop.free()} free" in here.text
    assert len(slots(page)) == shop.free()


def test_what_is_booked_is_not_offered(shop, show):
    for one in (shop.anna, shop.ben, shop.carla):
        shop.taken(one)
    assert len(slots(show())) == shop.free() < 96


def test_with_one_employee_only_their_times_are_shown(shop, show):
    shop.taken(shop.anna)
    assert len(slots(show(employee=shop.anna.id))) < len(slots(show()))


def test_a_chosen_time_leads_on(shop, show):
    page = shop.visitor.get(f"/book/{shop.massage.id}", at=shop.at("10:00"))
    assert [t.text for t in page.all("a") if t.attrs.get("aria-current") == "time"] == ["10:00"]
    assert any(t.text == "Continue" for t in page.all("a"))


def test_times_are_those_of_the_zone_that_the_visitor_names(shop):
    at = shop.at("10:00")
    page = shop.visitor.get(f"/book/{shop.massage.id}", at=at, zone="America/New_York")
    assert "Times are in America/New_York" in page.text
    assert [t.text for t in page.all("a") if t.attrs.get("aria-current") == "time"] == ["04:00"]


@pytest.mark.parametrize(
    "query",
    [
        {"day": "tomorrow"}, {"at": "x"}, {"at": "1"}, {"at": "99999999"}, {"month": "2026-13"},
        {"employee": "-1"}, {"zone": "Mars/Base"}, {"persons": "0"}, {"persons": "9999999"},
        {"month": "9999-12"}, {"month": "0001-01"}, {"day": "9999-12-31"}, {"day": "0001-01-01"},
    ],
)  # fmt: skip
def test_nonsense_in_the_address_counts_as_not_chosen(shop, query):
    page = shop.visitor.get(f"/book/{shop.massage.id}", **query)
    assert (page.status, page.heading) == (200, "Choose a time")


@pytest.mark.parametrize("service", ["0", "99999999", "2147483648"])
def test_a_service_that_is_not_there_is_said_to_be_none(shop, service):
    assert shop.visitor.get(f"/book/{service}").status == 404


def test_a_full_month_leads_to_the_next_free_day(shop):
    with writing() as session:
        session.get_one(Service, shop.massage.id).notice_minutes = 45 * 1440
    page = shop.visitor.get(f"/book/{shop.massage.id}")
    link = next(t for t in page.all("a") if t.text == "Go to the next free day")
    assert slots(shop.visitor.get(link.attrs["href"]))


def test_where_nothing_is_free_it_says_so(shop):
    with writing() as session:
        session.get_one(Service, shop.massage.id).notice_minutes = 200 * 1440
    assert "Nothing is free at the moment" in shop.visitor.get(f"/book/{shop.massage.id}").text


def test_a_group_asks_how_many_come(shop):
    with writing() as session:
        session.get_one(Service, shop.massage.id).capacity = 4
    shop.visitor.get(f"/book/{shop.massage.id}")
    page = shop.visitor.submit("Show times", {"How many of you": 3})
    assert "persons=3" in page.url
