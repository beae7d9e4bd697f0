"""Lists with filters, and one appointment with all that its page shows."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete

from panel.db.base import writing
from panel.db.tables import Booking
from panel.domain.errors import NotThere
from panel.domain.moments import local
from panel.services import appointments
from panel.services.appointment_lists import Filter, first, listed
from panel.services.appointment_page import opened
from tests import make
from tests.services import outlook_rows
from tests.services.studio import NOON, OWNER

TIMES = ["2026-11-26T10:00", "2026-11-26T14:00", "2026-11-27T10:00"]


@pytest.fixture
def three(studio):
    """Two appointments of Anna's and one of Ben's, the second one pending, the last Ines's."""
    return [
        studio.book(TIMES[0]),
        studio.book(TIMES[1], status="pending", employee_id=studio.ben.id),
        studio.book(TIMES[2], customer_id=studio.ines.id),
    ]


def times(found) -> list[str]:
    return [f"{local(one.starts, 'Europe/Berlin'):%Y-%m-%dT%H:%M}" for one in found.rows]


def test_the_next_one_comes_first(three):
    assert times(listed(OWNER, Filter(when="upcoming"), now=NOON)) == TIMES


def test_of_past_ones_the_latest_comes_first(three):
    later = NOON + timedelta(days=30)
    assert times(listed(OWNER, Filter(when="past"), now=later)) == TIMES[::-1]


@pytest.mark.parametrize(
    "given, places",
    [
        ({"status": "pending"}, [1]),
        ({"status": "open"}, [0, 1, 2]),
        ({"on": date(2026, 11, 26), "zone": "Europe/Berlin"}, [0, 1]),
        ({"on": date(2026, 11, 26), "zone": "Pacific/Auckland"}, [0]),
        ({"first": date(2026, 11, 27), "zone": "Europe/Berlin"}, [2]),
        ({"last": date(2026, 11, 26), "zone": "Europe/Berlin"}, [0, 1]),
        ({"first": date(2026, 11, 27), "last": date(2026, 11, 27), "zone": "Asia/Tokyo"}, [2]),
        ({"category_id": 99}, []),
        ({"search": "ines"}, [2]),
        ({"search": "Carvalho massage"}, [2]),
        ({"search": "ode"}, [1]),
        ({"search": "lea@example"}, [0, 1]),
        ({"search": "100%"}, []),
        ({"search": "nobody"}, []),
    ],
)
def test_it_narrows(three, given, places):
    found = listed(OWNER, Filter(**given), now=NOON)
    assert times(found) == [TIMES[place] for place in places]


def test_it_finds_by_reference(three):
    wanted = Filter(search=three[1].reference.lower())
    assert times(listed(OWNER, wanted, now=NOON)) == [TIMES[1]]


def test_it_finds_by_people_and_service(three, studio):
    for given, places in [({"employee_id": studio.ben.id}, [1]), ({"service_id": 99}, []),
                          ({"customer_id": studio.ines.id}, [2])]:  # fmt: skip
        found = listed(OWNER, Filter(**given), now=NOON)
        assert times(found) == [TIMES[place] for place in places]


def test_an_employee_lists_only_their_own(three, studio):
    mine = studio.actor(studio.ben)
    assert times(listed(mine, Filter(employee_id=studio.anna.id), now=NOON)) == [TIMES[1]]


def test_a_login_without_an_employee_lists_nothing(three, studio):
    nobody = studio.actor(type("One", (), {"id": None, "name": "Nobody"}))
    assert listed(nobody, Filter(), now=NOON).total == 0


def test_a_row_comes_with_all_that_a_list_shows(three):
    row = listed(OWNER, Filter(), now=NOON).rows[0]
    shown = row.id, row.service, row.employee, row.customers
    assert shown == (three[0].id, "Sports massage", "Anna Berg", "Lea Roth")


def test_a_row_names_all_who_come(three, studio):
    made = {"customer_id": studio.ines.id, "status": "approved", "created_at": NOON}
    make.save(Booking(appointment_id=three[0].id, **made))
    make.save(Booking(appointment_id=three[1].id, **made))
    found = listed(OWNER, Filter(), now=NOON, size=2)
    assert [one.customers for one in found.rows] == ["Lea Roth, Ines Carvalho"] * 2
    assert found.total == 3


def test_a_row_without_a_customer_is_listed(three):
    with writing() as session:
        session.execute(delete(Booking).where(Booking.appointment_id == three[0].id))
    assert [one.customers for one in first(OWNER, Filter(), now=NOON, size=1)] == [""]


def test_pages_have_their_size(three):
    page = listed(OWNER, Filter(), now=NOON, page=2, size=2)
    assert (times(page), page.first, page.last, page.total) == (TIMES[2:], 3, 3, 3)
    assert times(listed(OWNER, Filter(), now=NOON, page=9, size=2)) == TIMES[2:]


def test_it_counts_each_state_for_the_chips(three):
    appointments.act(three[0].id, "cancel", by=OWNER, now=NOON)
    found = listed(OWNER, Filter(status="pending"), now=NOON).counts
    assert (found[""], found["pending"], found["cancelled"], found["approved"]) == (3, 1, 1, 1)


def test_its_page_says_what_can_be_done(three, studio):
    page = opened(three[0].id, by=OWNER, now=NOON)
    assert page.may == {"move", "edit", "reassign", "cancel", "set_pending"}
    assert [entry.kind for entry in page.journal] == ["booked"]
    only_reads = studio.actor(studio.anna, "events")
    assert opened(three[0].id, by=only_reads, now=NOON).may == frozenset()


def test_its_page_holds_the_open_question(three):
    mirror = outlook_rows.mirror(three[0])
    asked = outlook_rows.question(mirror)
    outlook_rows.question(outlook_rows.mirror(three[2]), closed_at=NOON)
    page = opened(three[0].id, by=OWNER, now=NOON)
    assert ([one.id for one in page.questions], page.mirror.id) == ([asked.id], mirror.id)
    assert opened(three[2].id, by=OWNER, now=NOON).questions == []


def test_a_colleagues_page_is_not_there(three, studio):
    with pytest.raises(NotThere):
        opened(three[0].id, by=studio.actor(studio.ben), now=NOON)
