"""The same request under the same Idempotency-Key is done once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from panel.db.base import db
from panel.db.tables import Appointment, Repeatable
from panel.services import api_tokens, repeatables
from tests.api.program import Program
from tests.services.studio import NOON, OWNER

KEY = "a5f7-1"


def count(table) -> int:
    return db.session.query(table).count()


def test_it_answers_again_and_books_once(site):
    first = site.book(key=KEY)
    again = site.book(key=KEY)
    assert again.status_code == 201 and again.json == first.json
    assert again.headers["Location"] == first.headers["Location"]
    assert count(Appointment) == 1


def test_the_order_of_fields_does_not_matter(site):
    wish = site.wish()
    first = site.post("/appointments", wish, idempotency_key=KEY)
    turned = dict(reversed(wish.items()))
    assert site.post("/appointments", turned, idempotency_key=KEY).json == first.json


def test_another_request_under_the_same_key_is_refused(site):
    site.book(key=KEY)
    answer = site.book(key=KEY, starts_at="2026-11-26T14:00:00+01:00")
    assert (answer.status_code, answer.json["code"]) == (422, "conflict")
    assert answer.json["detail"].startswith("This Idempotency-Key came with another request")
    assert count(Appointment) == 1


def test_the_key_of_one_program_is_not_anothers(site, app):
    site.book(key=KEY)
    other = Program(app, api_tokens.make("Script", by=OWNER, now=NOON))
    wish = site.wish(starts_at="2026-11-26T14:00:00+01:00")
    assert other.post("/appointments", wish, idempotency_key=KEY).status_code == 201


def test_what_was_refused_can_be_sent_again(site):
    blocking = site.book()
    assert site.book(key=KEY).status_code == 409
    site.delete(blocking.headers["Location"])
    assert site.book(key=KEY).status_code == 201


def test_a_customer_is_written_down_once(site):
    new = {"name": "Tom Wolf", "email": "tom@example.test"}
    told = [site.post("/customers", new, idempotency_key=KEY).json["id"] for _ in range(2)]
    assert told[0] == told[1]


def test_a_day_later_the_key_is_free_again(site, clock):
    site.book(key=KEY)
    clock.shift(timedelta(hours=24))
    assert site.book(key=KEY).json["code"] == "slot_taken"


def test_old_keys_are_forgotten(site):
    site.book(key=KEY)
    repeatables.forget(now=NOON + timedelta(hours=23))
    assert count(Repeatable) == 1
    repeatables.forget(now=NOON + timedelta(hours=24))
    assert count(Repeatable) == 0


@pytest.mark.parametrize("key", ["x" * 201, ""])
def test_a_key_has_its_bounds(site, key):
    answer = site.post("/appointments", site.wish(), idempotency_key=key)
    assert list(answer.json["errors"]) == ["Idempotency-Key"]


def test_at_the_same_moment_too_it_books_once(site):
    with ThreadPoolExecutor(8) as crew:
        answers = list(crew.map(lambda _: site.book(key=KEY), range(8)))
    assert [one.status_code for one in answers] == [201] * 8
    assert len({one.json["id"] for one in answers}) == 1
    assert count(Appointment) == 1


def test_two_new_customers_of_one_address_become_one(site, studio):
    new = {"name": "Tom Wolf", "email": "tom@example.test"}
    with ThreadPoolExecutor(2) as crew:
        staff = (studio.anna.id, studio.ben.id)
        answers = list(crew.map(lambda one: site.book(employee_id=one, customer=new), staff))
    assert len({one.json["bookings"][0]["customer"]["id"] for one in answers}) == 1
