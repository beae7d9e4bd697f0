"""What can be booked, as a customer sees it."""

from panel.db.base import writing
from panel.db.tables import Category, Employee, Service
from tests import make


def test_the_front_door_leads_here(shop):
    page = shop.visitor.get("/")
    assert (page.path, page.heading) == ("/book/", "Book a visit")


def test_before_there_is_anything_it_says_so(visitor):
    page = visitor.get("/book")
    assert "Nothing can be booked here at the moment." in page.text


def test_services_stand_under_their_categories(shop):
    movement = make.save(Category(name="Movement", position=1))
    pilates = make.service(name="Pilates", price=1600, category_id=movement.id)
    with writing() as session:
        session.execute(make.tables.employee_services.insert(),
                        {"employee_id": shop.anna.id, "service_id": pilates.id})  # fmt: skip
    page = shop.visitor.get("/book")
    assert [tag.text for tag in page.all("h2")] == ["Movement"]
    assert "Pilates" in page.text and "16" in page.text


def test_what_is_hidden_or_given_by_nobody_is_not_shown(shop):
    make.service(name="Unoffered")
    with writing() as session:
        session.get_one(Service, shop.massage.id).shown = False
    assert "Sports massage" not in shop.visitor.get("/book").text
    assert "Unoffered" not in shop.visitor.page.text


def test_a_link_to_one_employee_leads_to_their_times(shop):
    page = shop.visitor.get("/book", employee=shop.ben.id)
    assert page.path == f"/book/{shop.massage.id}"
    assert page.region("With").all("a")[2].attrs["aria-current"] == "true"


def test_an_employee_who_is_hidden_takes_no_bookings(shop):
    with writing() as session:
        session.get_one(Employee, shop.ben.id).shown = False
    assert "Ben Ode" not in shop.visitor.get(f"/book/{shop.massage.id}").text
    assert "Nothing can be booked" in shop.visitor.get("/book", employee=shop.ben.id).text


def test_only_the_sites_that_the_owner_named_may_frame_it(shop):
    shop.rules(embed_origins="https://linden.example")
    page = shop.visitor.get("/book")
    assert (
        "frame-ancestors 'self' https://linden.example;" in page.headers["Content-Security-Policy"]
    )
    assert "X-Frame-Options" not in page.headers


def test_it_carries_the_colour_of_the_business(shop):
    shop.rules(accent="#a03060")
    page = shop.visitor.get("/book")
    assert any("/colours/a03060.css" in tag.attrs.get("href", "") for tag in page.all("link"))


def test_the_name_of_the_program_appears_nowhere(shop):
    assert "Panel" not in shop.visitor.get("/book").text.replace("this panel talks", "")
