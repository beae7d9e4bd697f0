"""Settings of the business, and its days off."""

import pytest


def chosen(page, field):
    """Return the value of the option that a list of this id has chosen."""
    box = next(tag for tag in page.all("select") if tag.attrs.get("id") == field)
    return next(one.attrs["value"] for one in box.all("option") if "selected" in one.attrs)


def test_it_names_the_business(owner):
    owner.get("/admin/settings")
    page = owner.submit("Save", {"Name of the business": "Lime Studio"})
    assert "Lime Studio" in page.text and "Linden Studio" not in page.text


def test_it_keeps_everything_that_is_typed(owner):
    owner.get("/admin/settings")
    typed = {"address": "14 Cheltenham Road\nBristol", "currency": "GBP", "first_weekday": "6"}
    typed["terms_url"] = "https://linden.example/terms"
    page = owner.submit("Save", typed)
    assert "14 Cheltenham Road\nBristol" in page.html
    assert (chosen(page, "currency"), chosen(page, "first_weekday")) == ("GBP", "6")
    assert 'value="https://linden.example/terms"' in page.html


@pytest.mark.parametrize(
    ("label", "typed", "said"),
    [("terms_url", "http://linden.example", "must begin with https://"),
     ("email", "ruth", "like name@example.com"),
     ("Name of the business", " ", "Give the business")],
)  # fmt: skip
def test_it_says_what_is_to_be_put_right(owner, label, typed, said):
    owner.get("/admin/settings")
    page = owner.submit("Save", {label: typed, "phone": "0117 496 0100"})
    assert said in page.text and 'value="0117 496 0100"' in page.html


def test_another_zone_says_what_it_moves(owner):
    owner.get("/admin/settings")
    page = owner.submit("Save", {"Time zone": "Asia/Tokyo"})
    assert "The business is now in Asia/Tokyo." in page.text
    assert "What is booked happens when it was to happen" in page.text


def test_the_hours_go_to_twelve_on_every_page(owner, studio, app):
    row = studio.booked(studio.anna, "Lea Roth", days=1, hour=13)
    owner.get("/admin/settings")
    owner.submit("Save", {"hour_format": "12", "Time zone": "UTC"})
    assert "1:00–2:00 pm" in owner.get(f"/admin/appointments/{row.id}").text
    anna = type(owner)(app)
    anna.enter("anna@panel.test")
    for view in ("day", "week", "month"):
        on = f"{row.starts:%Y-%m-%d}"
        assert " pm" in anna.get(f"/panel/calendar?view={view}&on={on}").text


def test_weeks_begin_as_the_business_begins_them(owner, studio, app):
    owner.get("/admin/settings")
    owner.submit("Save", {"first_weekday": "6"})
    anna = type(owner)(app)
    anna.enter("anna@panel.test")
    assert anna.get("/panel/calendar?on=2026-11-25").heading == "22 to 28 November"
    month = anna.get("/panel/calendar?view=month&on=2026-11-25")
    assert month.all("th")[0].text.startswith("Sun")


def test_a_day_off_of_the_business_is_everybodys(owner, app):
    owner.get("/admin/settings/days-off")
    owner.submit("Add", {"First day": "2099-12-24", "note": "Winter holiday"})
    anna = type(owner)(app)
    anna.enter("anna@panel.test")
    assert "Winter holiday" in anna.get("/panel/profile").text
