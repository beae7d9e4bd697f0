"""Free times for programs."""

import pytest

from panel.db.base import writing
from tests import make


@pytest.fixture
def ask(house, visitor):
    """Ask about the one service of a studio that is always open."""
    make.company(zone="Europe/Berlin")
    anna, service = make.employee(), make.service()
    with writing() as session:
        row = {"employee_id": anna.id, "service_id": service.id}
        session.execute(make.tables.employee_services.insert(), row)
        session.add_all(
            make.tables.WorkPeriod(
                employee_id=anna.id, weekday=day, kind="work", starts=0, ends=1440
            )
            for day in range(7)
        )
    return lambda **query: visitor.get("/api/v1/free-times", **{"service": service.id, **query})


def test_it_names_every_start_with_its_zone(ask):
    answer = ask(days=3, zone="Asia/Tokyo").json
    times = answer["employees"][0]["free"]
    assert answer["zone"] == "Asia/Tokyo"
    assert all(one.endswith("+09:00") for one in times) and len(times) > 96


def test_it_asks_nobody_who_they_are(ask):
    assert ask().status == 200


@pytest.mark.parametrize(
    "query",
    [
        {"service": "x"}, {"service": ""}, {"days": "0"}, {"days": "63"}, {"days": "-1"},
        {"from": "tomorrow"}, {"from": "9999-12-31"}, {"from": "0001-01-01"}, {"zone": "+02:00"},
        {"employee": "1.5"}, {"persons": "many"}, {"days": "99999999999999999999"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_a_sentence(ask, query):
    answer = ask(**query)
    assert answer.status == 422
    assert answer.json["detail"].endswith(".")


def test_a_service_that_is_not_there_is_not_found(ask):
    assert ask(service=99999).status == 404
