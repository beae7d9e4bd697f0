"""Addresses of pages, worked out once."""

import pytest
from flask import url_for

from panel.web.addresses import address, numbered

PAGES = [
    ("today.show", {}),
    ("appointments.show", {"appointment_id": 7}),
    ("appointments.index", {"q": "Lea & Tim", "page": None}),
    ("backend_appointments.show", {"appointment_id": 7}),
]


@pytest.mark.parametrize(("endpoint", "values"), PAGES)
def test_an_address_is_the_one_that_flask_gives(app, endpoint, values):
    with app.test_request_context():
        assert [address(endpoint, **values) for _ in "12"] == [url_for(endpoint, **values)] * 2


def test_equal_values_of_another_kind_have_their_own(app):
    with app.test_request_context():
        found = [address("appointments.index", on=one) for one in (1, True, "1")]
    assert found == [f"/panel/appointments/?on={one}" for one in (1, True, 1)]


def test_none_holds_the_host_that_somebody_asked_for(app):
    with app.test_request_context(base_url="http://elsewhere.test"):
        assert address("today.show") == "/panel/"
        with pytest.raises(TypeError):
            address("today.show", _external=True)


def test_a_relative_one_belongs_to_the_side_one_is_on(app):
    sides = []
    for path in ("/panel/appointments/", "/admin/appointments/"):
        with app.test_request_context(path):
            sides.append((address(".new"), numbered(".show", "appointment_id")))
    assert sides == [
        ("/panel/appointments/new", "/panel/appointments/"),
        ("/admin/appointments/new", "/admin/appointments/"),
    ]
