"""The journal of the whole business."""

from tests.web.studio import TOMORROW


def book(owner):
    owner.get("/admin/appointments/new")
    owner.submit(
        "Save",
        {"Employee": "Anna Berg", "Service": "Sports massage", "Customer": "Ines Carvalho",
         "Date": TOMORROW, "Time": "10:00"},
    )  # fmt: skip


def test_it_says_that_nothing_has_happened(owner):
    assert "Nothing has happened yet" in owner.get("/admin/journal").text


def test_it_says_what_happened_to_whom(owner):
    book(owner)
    page = owner.get("/admin/journal")
    assert "Booked by Ruth Linden" in page.text
    assert "Sports massage with Ines Carvalho" in page.text and "Anna Berg" in page.text


def test_it_can_be_narrowed_to_a_side_and_a_person(owner, studio):
    book(owner)
    assert "Nothing found" in owner.get("/admin/journal", side="outlook").text
    assert "Nothing found" in owner.get("/admin/journal", employee=studio.ben.id).text
    assert "Booked by" in owner.get("/admin/journal", employee=studio.anna.id).text
