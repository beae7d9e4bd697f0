"""Work hours, days off and special days, in the panel and in the back end."""

from datetime import date

import pytest

from panel.db.base import writing
from panel.db.tables import DayOff
from panel.domain.week import WEEKDAYS
from tests import make
from tests.web.studio import Studio

HOURS = "/panel/profile/work-hours"
MONDAY = {"Monday, work 1 from": "09:00", "Monday, work 1 to": "12:00"}
BREAK = {"Monday, break 1 from": "10:00", "Monday, break 1 to": "10:15"}


@pytest.fixture
def studio(house):
    return Studio()


@pytest.fixture
def anna(visitor, studio):
    visitor.enter("anna@panel.test")
    visitor.get(HOURS)
    return visitor


def values(page, label: str) -> list[str]:
    """What stands in the fields whose label begins so."""
    return [
        tag.attrs.get("value", "")
        for tag in page.all("input")
        if tag.attrs.get("aria-label", "").startswith(label)
    ]


def press(visitor, do: str):
    """Press the button of this value, as one without JavaScript does."""
    main = visitor.page.tree.all("main")[0]
    data: dict[str, list[str]] = {"do": [do]}
    for name, value in visitor.page.form("Save", main).data({}):
        data.setdefault(name, []).append(value)
    return visitor.open(visitor.page.url, method="POST", data=data)


def test_it_shows_the_week_as_a_picture_and_in_words(anna):
    (drawn,) = [tag for tag in anna.page.all("div") if tag.attrs.get("role") == "img"]
    assert drawn.attrs["aria-label"] == "Mon–Sun 00:00–24:00."


def test_it_saves_hours_and_breaks(anna):
    press(anna, "add monday_break")
    page = anna.submit("Save", {**MONDAY, **BREAK})
    assert values(page, "Monday, work") == ["09:00", "12:00"]
    assert values(page, "Monday, break") == ["10:00", "10:15"]


@pytest.mark.parametrize("typed", ["9", "900", "9:00", "9.00", "0900", " 09:00 "])
def test_a_time_is_typed_as_one_likes(anna, typed):
    page = anna.submit("Save", {**MONDAY, "Monday, work 1 from": typed})
    assert values(page, "Monday, work") == ["09:00", "12:00"]


def test_a_row_is_added_and_removed_without_saving(anna):
    press(anna, "add monday_work")
    assert values(anna.page, "Monday, work") == ["00:00", "24:00", "", ""]
    press(anna, "remove monday_work-0")
    assert values(anna.page, "Monday, work") == ["", ""]
    assert values(anna.get(HOURS), "Monday, work") == ["00:00", "24:00"]


def test_an_empty_row_is_no_hours(anna):
    page = anna.submit("Save", {"Monday, work 1 from": "", "Monday, work 1 to": ""})
    assert values(page, "Monday") == []


def test_a_day_is_copied_to_others(anna):
    anna.submit("Save", MONDAY)
    page = press(anna, "copy")
    assert "Monday is copied to Tuesday, Wednesday, Thursday, Friday. Save to keep it." in page.text
    page = anna.submit("Save")
    assert values(page, "Friday, work") == ["09:00", "12:00"]
    assert values(page, "Saturday, work") == ["00:00", "24:00"]


@pytest.mark.parametrize("do", ["fly", "add sunday", "remove x-1", "remove", "copy 9", "look"])
def test_what_makes_no_sense_changes_nothing(anna, do):
    page = press(anna, do)
    assert page.status == 200 and values(page, "Monday, work") == ["00:00", "24:00"]


@pytest.mark.parametrize(
    "typed, said",
    [
        (("12:00", "09:00"), "The end must come after the start"),
        (("09:00", ""), "Write both times."),
        (("nine", "12:00"), "Write a time like 14:30."),
        (("09:00", "24:01"), "Write a time like 14:30."),
    ],
)
def test_it_says_at_the_field_what_is_wrong(anna, typed, said):
    page = anna.submit("Save", dict(zip(MONDAY, typed, strict=True)))
    (row,) = [t for t in page.all("li") if "period-wrong" in t.attrs.get("class", "")]
    assert said in row.text and page.status == 200
    assert values(anna.get(HOURS), "Monday, work") == ["00:00", "24:00"]


def test_overlapping_hours_are_refused_at_the_field(anna):
    press(anna, "add monday_work")
    more = {"Monday, work 2 from": "11:00", "Monday, work 2 to": "13:00"}
    page = anna.submit("Save", {**MONDAY, **more})
    (row,) = [t for t in page.all("li") if "period-wrong" in t.attrs.get("class", "")]
    assert "On Monday this overlaps with 09:00 to 12:00." in row.text


def test_hours_are_limited_to_a_service(anna, studio):
    facial = make.service(name="Facial", tone=4)
    with writing() as session:
        offer = {"employee_id": studio.anna.id, "service_id": facial.id}
        session.execute(make.tables.employee_services.insert(), offer)
    anna.get(HOURS)
    page = anna.submit("Save", {"monday_work-0-services": facial.id})
    assert "only Facial" in page.text and "Some hours are only for Facial." in page.html
    assert "Facial for Monday, work 1" in page.html


def test_it_counts_what_lies_outside_and_moves_nothing(anna, studio):
    kept = studio.booked(studio.anna, "Lea Roth", days=7)
    studio.booked(studio.anna, "Max Moor", days=-7)
    for day in WEEKDAYS:
        press(anna, f"remove {day.lower()}_work-0")
    page = anna.submit("Save")
    assert "1 appointment lies outside these hours. Nothing was moved" in page.text
    (way,) = [tag for tag in page.all("a") if tag.text == "See it"]
    listed = anna.get(way.attrs["href"])
    assert "Lea Roth" in listed.text and f"/panel/appointments/{kept.id}" in listed.html


def test_where_all_lies_within_the_list_says_so(anna):
    assert "Everything lies within" in anna.get("/panel/profile/outside-hours").text


def test_a_day_off_over_an_appointment_is_said(anna, studio):
    kept = studio.booked(studio.anna, "Lea Roth", days=7)
    anna.get("/panel/profile/days-off")
    page = anna.submit("Add", {"First day": f"{kept.starts:%Y-%m-%d}"})
    assert "1 appointment lies outside" in page.text


def test_the_companys_days_off_can_be_read_and_not_removed(anna):
    with writing() as session:
        day = date(2099, 12, 24)
        session.add(DayOff(first=day, last=day, yearly=True, note="Closed"))
    page = anna.get("/panel/profile/days-off")
    assert "every year" in page.text and "Closed" in page.text
    assert not [words for words in page.buttons() if words.startswith("Remove")]


def test_a_special_day_has_several_periods_and_is_removed_whole(anna):
    anna.get("/panel/profile/special-days")
    page = anna.submit("Add", {"First day": "2099-01-15", "Work hours": "10:00–12:00, 14:00–16:00"})
    assert "Thursday 15 January 2099: 10:00–12:00, 14:00–16:00" in page.text
    page = anna.submit("Remove Thursday 15 January 2099")
    assert "15 January 2099" not in page.text


def test_special_hours_that_overlap_are_refused_at_the_field(anna):
    anna.get("/panel/profile/special-days")
    anna.submit("Add", {"First day": "2099-01-15", "Work hours": "10:00–12:00"})
    page = anna.submit("Add", {"First day": "2099-01-15", "Work hours": "11:00–13:00"})
    assert "Two periods of a special day overlap." in page.text and page.status == 200


@pytest.mark.parametrize("page", ["work-hours", "days-off", "special-days"])
def test_the_permission_governs_the_panel_and_the_back_end_alike(visitor, studio, page):
    visitor.enter("carla@panel.test")
    for place in ("/panel/profile", f"/admin/employees/{studio.carla.id}"):
        shown = visitor.get(f"{place}/{page}")
        assert "The owner sets these." in shown.text
        assert not {"Save", "Add", "Copy"} & set(shown.buttons())
        sent = {"first": "2099-01-15", "hours": "10:00–12:00"}
        assert visitor.post(f"{place}/{page}", sent).status == 403


@pytest.mark.parametrize("page", ["work-hours", "days-off", "special-days", "outside-hours"])
def test_a_colleagues_hours_are_closed(visitor, studio, page):
    visitor.enter("anna@panel.test")
    assert visitor.get(f"/admin/employees/{studio.ben.id}/{page}").status == 403
