"""What stands in the way, in the product's own sentences."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from panel.domain.conflicts import Conflict, Load, Taken, Voice, conflicts, crowded
from panel.domain.schedule import Off, Plan, Span, Weekly

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
VOICE = Voice(7, "Anna Berg", "Europe/London")
WEEK = tuple(Weekly(day, "work", 540, 1020) for day in range(5))
LUNCH = tuple(Weekly(day, "break", 720, 780) for day in range(5))


def at(hours: str, day: int = 25, minutes: int = 60) -> Span:
    starts = datetime.fromisoformat(f"2026-11-{day}T{hours}:00+00:00")
    return Span(starts, starts + timedelta(minutes=minutes))


def found(wish: Span, *taken: Taken, plan: Plan | None = None, **more) -> list[Conflict]:
    usual = {"around": wish, "now": LONG_AGO}
    return conflicts(
        VOICE, plan or Plan("Europe/London", WEEK + LUNCH), taken, wish, **usual | more
    )


def busy(span: Span, kind: str = "busy", who: str = "") -> Taken:
    return Taken(kind, span, span, who)


def test_a_free_time_is_free():
    assert found(at("10:00")) == []


def test_one_may_follow_right_after_another():
    assert found(at("10:00"), busy(at("09:00"), "appointment", "Tom Hale"), busy(at("11:00"))) == []


@pytest.mark.parametrize(
    "wish, kind, sentence, theirs",
    [
        (at("12:30", minutes=30), "break", "12:30 is inside your break, 12:00 to 13:00",
         "12:30 is inside Anna Berg’s break, 12:00 to 13:00"),
        (at("11:30"), "break", "11:30 to 12:30 reaches into your break, 12:00 to 13:00",
         "11:30 to 12:30 reaches into Anna Berg’s break, 12:00 to 13:00"),
        (at("18:30"), "outside_hours", "18:30 is outside your work hours, 09:00 to 17:00",
         "18:30 is outside Anna Berg’s work hours, 09:00 to 17:00"),
        (at("16:30"), "outside_hours", "16:30 to 17:30 is outside your work hours, 09:00 to 17:00",
         "16:30 to 17:30 is outside Anna Berg’s work hours, 09:00 to 17:00"),
        (at("10:00", day=28), "outside_hours", "You do not work on Saturday 28 November",
         "Anna Berg does not work on Saturday 28 November"),
    ],
)  # fmt: skip
def test_it_says_what_the_schedule_forbids(wish, kind, sentence, theirs):
    (conflict,) = found(wish)
    assert (conflict.kind, conflict.sentence, conflict.theirs) == (kind, sentence, theirs)


@pytest.mark.parametrize(
    "taken, kind, sentence",
    [
        (busy(at("13:30", minutes=90)), "busy", "You are busy in Outlook from 13:30 to 15:00"),
        (busy(Span(at("00:00").starts, at("00:00", day=26).starts)), "busy",
         "You are busy in Outlook all day on Wednesday 25 November"),
        (busy(Span(at("00:00").starts, at("00:00", day=28).starts)), "busy",
         "You are busy in Outlook from Wednesday 25 November to Friday 27 November"),
        (busy(at("13:30"), "appointment", "Tom Hale"), "appointment",
         "You are with Tom Hale from 13:30 to 14:30"),
        (busy(at("13:30"), "event", "Back care workshop"), "event",
         "You have Back care workshop from 13:30 to 14:30"),
        (busy(at("13:30"), "question", "an appointment"), "question",
         "13:30 to 14:30 is kept free until a question about an appointment is answered"),
    ],
)  # fmt: skip
def test_it_says_who_is_in_the_way(taken, kind, sentence):
    (conflict,) = found(at("14:00"), taken)
    assert (conflict.kind, conflict.sentence) == (kind, sentence)


def test_it_says_that_a_buffer_is_in_the_way():
    before = Taken("appointment", at("10:00"), at("10:00").widened(0, 15), "Tom Hale")
    (conflict,) = found(at("11:00"), before)
    assert (
        conflict.told(7) == "11:00 is too close to the appointment with Tom Hale, 10:00 to 11:00."
    )


def test_its_own_buffer_must_be_free_of_others_but_not_within_the_hours():
    wish = at("16:00")
    assert found(wish, around=wish.widened(0, 30)) == []
    assert found(wish, busy(at("17:00")), around=wish.widened(0, 30))[0].kind == "busy"


def test_a_day_off_says_which_day():
    off = Plan("Europe/London", WEEK, (Off(date(2026, 11, 25), date(2026, 11, 25)),))
    assert found(at("10:00"), plan=off)[0].told(7) == "Wednesday 25 November is your day off."


def test_it_speaks_of_the_employee_to_everybody_else():
    (conflict,) = found(at("14:00"), busy(at("13:30", minutes=90)))
    assert conflict.told(None) == "Anna Berg is busy in Outlook from 13:30 to 15:00."


def test_the_gravest_comes_first():
    taken = [busy(at("12:30")), busy(at("12:00"), "event", "Choir"),
             busy(at("12:30"), "appointment", "Tom Hale")]  # fmt: skip
    kinds = [one.kind for one in found(at("12:30"), *taken, now=at("14:00").starts)]
    assert kinds == ["appointment", "event", "break", "busy", "past"]


def test_it_says_what_has_passed():
    (conflict,) = found(at("10:00"), now=at("11:00").starts)
    assert conflict.sentence == "Wednesday 25 November, 10:00 has passed"


def test_it_speaks_in_the_employees_wall_time():
    voice = Voice(7, "Anna Berg", "Europe/Berlin")
    wish = at("14:00")
    said = conflicts(voice, Plan("Europe/Berlin", WEEK), [busy(wish)], wish, wish, LONG_AGO)
    assert said[0].sentence == "You are busy in Outlook from 15:00 to 16:00"


def test_it_says_how_full_a_day_is():
    (conflict,) = found(at("10:00"), load=Load(3, 3))
    assert conflict.kind == "day_full"
    said = "at most 3 appointments a day, and Wednesday 25 November has 3"
    assert (conflict.sentence, conflict.theirs) == (f"You take {said}", f"Anna Berg takes {said}")
    assert found(at("10:00"), load=Load(3, 2)) == []


@pytest.mark.parametrize(
    "wish, sentence, theirs",
    [
        (at("14:00"), "14:00 is outside your work hours for Yoga, 09:00 to 12:00",
         "14:00 is outside Anna Berg’s work hours for Yoga, 09:00 to 12:00"),
        (at("10:00", day=26), "You do not give Yoga on Thursday 26 November",
         "Anna Berg does not give Yoga on Thursday 26 November"),
    ],
)  # fmt: skip
def test_it_names_the_service_that_the_hours_are_not_for(wish, sentence, theirs):
    yoga = Weekly(2, "work", 540, 720, frozenset({5}))
    other = Weekly(2, "work", 780, 1020, frozenset({7}))
    plan = Plan("Europe/London", (yoga, other)).only(5)
    (conflict,) = conflicts(replace(VOICE, service="Yoga"), plan, [], wish, wish, LONG_AGO)
    assert (conflict.kind, conflict.sentence, conflict.theirs) == (
        "outside_hours",
        sentence,
        theirs,
    )


@pytest.mark.parametrize(
    "left, wanted, sentence",
    [
        (2, 2, None),
        (2, 3, "Yoga at 10:00 has only 2 places left"),
        (1, 2, "Yoga at 10:00 has only 1 place left"),
        (0, 1, "Yoga at 10:00 is full"),
        (-1, 1, "Yoga at 10:00 is full"),
    ],
)
def test_it_says_how_many_places_a_group_has_left(left, wanted, sentence):
    said = [one.sentence for one in crowded(VOICE, "Yoga", at("10:00").starts, left, wanted)]
    assert said == ([sentence] if sentence else [])


def test_it_counts_to_twelve_where_the_business_does():
    voice = Voice(7, "Anna Berg", "Europe/London", hour_format=12)
    starts = datetime(2026, 11, 25, 11, tzinfo=UTC)
    said = voice.range(Span(starts, starts + timedelta(hours=2, minutes=30)))
    assert said.replace("\u00a0", " ") == "11:00 am to 1:30 pm"
