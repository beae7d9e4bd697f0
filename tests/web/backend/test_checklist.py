"""The first steps of a new owner, each known by what is there."""

from datetime import UTC, datetime

import pytest

from panel.db.base import db, writing
from panel.db.tables import employee_services
from tests import make

SIX = ["Your business", "Who takes bookings", "When they work", "What is booked", "Outlook",
       "The first booking"]  # fmt: skip


@pytest.fixture
def ruth(visitor, house):
    make.user(email="ruth@panel.test", role="owner")
    visitor.enter("ruth@panel.test")
    return visitor


def done(page):
    """Return the titles of the steps that are done."""
    steps = [tag for tag in page.all("li") if "first-step-done" in tag.attrs.get("class", "")]
    return [one.all("a")[0].text for one in steps]


def work(employee):
    period = {"weekday": 0, "kind": "work", "starts": 540, "ends": 1020}
    return make.save(make.tables.WorkPeriod(employee_id=employee.id, **period))


def offer(employee, service):
    with writing() as session:
        row = {"employee_id": employee.id, "service_id": service.id}
        session.execute(employee_services.insert(), row)


def everything():
    make.company()
    anna, massage = make.employee(), make.service()
    work(anna)
    offer(anna, massage)
    make.outlook_settings(client_id="one", client_secret=b"secret")
    server = {"host": "mail.linden.example", "from_address": "hello@linden.example"}
    make.save(make.tables.MailSettings(id=1, **server))
    make.appointment(of=anna, starts=datetime(2026, 5, 4, 9, tzinfo=UTC), service=massage)


def test_nothing_is_done_in_an_empty_panel(ruth):
    page = ruth.get("/admin")
    steps = next(tag for tag in page.all("ol") if tag.attrs.get("class") == "first-steps")
    found = [one.text.removesuffix(" can wait") for one in steps.all("h3")]
    assert [one for one in found if one != "Mails"] == SIX
    assert done(page) == []


def test_each_step_is_known_by_what_is_there(ruth):
    make.company()
    anna = make.employee()
    assert done(ruth.get("/admin")) == SIX[:2]
    work(anna)
    assert done(ruth.get("/admin")) == SIX[:3]
    offer(anna, make.service())
    assert done(ruth.get("/admin")) == SIX[:4]


def test_who_left_and_what_is_paused_count_for_nothing(ruth):
    gone = make.employee(active=False)
    work(gone)
    offer(gone, make.service())
    offer(make.employee(), make.service(active=False))
    assert done(ruth.get("/admin")) == ["Who takes bookings"]


def test_a_service_that_nobody_offers_leads_to_who_does(ruth):
    make.employee()
    massage = make.service()
    page = ruth.get("/admin")
    assert "Nobody offers it yet." in page.text
    assert f"/admin/services/{massage.id}" in {tag.attrs["href"] for tag in page.all("a")}


def test_an_owner_takes_bookings_and_stays_on_the_list(ruth):
    ruth.get("/admin")
    token = {"csrf_token": ruth.token()}
    came = {"Referer": "http://127.0.0.1:8000/admin"}
    page = ruth.open("/panel/profile/take-bookings", method="POST", data=token, headers=came)
    assert (page.path, done(page)) == ("/admin", ["Who takes bookings"])
    assert "I take bookings myself" not in page.buttons()


def test_it_goes_by_itself_once_everything_is_there(ruth):
    everything()
    assert "first-steps" not in ruth.get("/admin").html


def test_it_can_be_put_away_and_brought_back(ruth):
    ruth.get("/admin")
    assert "Ready for the first booking" not in ruth.submit("Put the list away").text
    assert "Ready for the first booking" in ruth.submit("Undo").text


def test_a_manager_is_not_led_through_it(visitor, house):
    make.user(email="mia@panel.test", role="manager")
    visitor.enter("mia@panel.test")
    assert "first-steps" not in visitor.get("/admin").html
    assert visitor.post("/admin/checklist/put-away").status == 403
    assert db.session.get(make.tables.Company, 1) is None
