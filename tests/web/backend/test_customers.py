"""Customers: added, found, changed, with what they booked."""

from tests import make


def test_it_says_how_customers_come(owner):
    assert "No customers yet" in owner.get("/admin/customers").text


def test_it_adds_somebody_and_finds_them_by_number(owner):
    owner.get("/admin/customers/new")
    owner.submit("Save", {"Name": "Ines Carvalho", "phone": "07700 900 461"})
    assert "Ines Carvalho" in owner.get("/admin/customers", q="900 461").text
    assert "Nobody found" in owner.get("/admin/customers", q="Penn").text


def test_it_shows_what_somebody_booked(owner, studio):
    studio.booked(studio.anna, "Ines Carvalho", days=1)
    page = owner.get("/admin/customers/1")
    assert "1 appointment" in page.text and "Sports massage with Anna Berg" in page.text


def test_it_takes_somebody_off_the_lists(owner, studio):
    one = make.customer(name="Ines Carvalho")
    owner.get(f"/admin/customers/{one.id}/edit")
    owner.submit("Save", {"On the lists": False})
    assert "Ines Carvalho" not in owner.get("/admin/customers").text
    assert "Ines Carvalho" in owner.get("/admin/customers", show="hidden").text


def test_it_pages_a_long_list(owner):
    for number in range(30):
        make.customer(name=f"Customer {number:02}")
    assert "1 to 25 of 30" in owner.get("/admin/customers").text
    assert "26 to 30 of 30" in owner.get("/admin/customers", page=2).text
    assert "26 to 30 of 30" in owner.get("/admin/customers", page=99).text
