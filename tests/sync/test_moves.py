"""A copy that was moved in Outlook: what may move here moves, the rest is asked."""

import pytest

from panel.domain.errors import InTheWay
from panel.domain.mirror import Step
from panel.services.sync.asking import ask
from panel.services.sync.evidence import look
from panel.services.sync.plan import make_plan

FORBIDDEN = {
    "the break": ("12:30", "13:30", "12:30 is inside your break, 12:00 to 13:00"),
    "another appointment": ("15:30", "16:30", "You are with Ines Carvalho from 15:00 to 16:00"),
    "the end of work": ("18:00", "19:00", ""),
}


@pytest.fixture
def booked(linked):
    """An appointment from 10 to 11 that both sides know."""
    linked.first = linked.book_at("10:00")
    linked.sync()
    return linked


def test_it_moves_over_the_employees_own_busy_time(booked):
    booked.block("14:00", "15:00")
    booked.sync()
    booked.move_there(booked.copy(), "14:00", "15:00")
    booked.agree()
    assert (booked.starts(booked.first), booked.open_questions()) == ("14:00", 0)


@pytest.mark.parametrize("starts, ends, rule", FORBIDDEN.values(), ids=FORBIDDEN)
def test_it_asks_before_it_breaks_a_rule(booked, starts, ends, rule):
    booked.book_at("15:00", customer_id=booked.ines.id)
    booked.sync()
    booked.move_there(booked.event_at("10:00"), starts, ends)
    booked.agree()
    asked = booked.question()
    assert (asked.kind, rule in asked.rule) == ("moved", True)
    assert booked.starts(booked.first) == "10:00"


def test_it_asks_before_it_moves_into_the_past(booked):
    booked.move_there(booked.copy(), "10:00", "11:00", days=-9)
    booked.agree()
    assert "has passed" in booked.question().rule


def test_it_keeps_both_times_while_it_asks(booked):
    booked.move_there(booked.copy(), "16:30", "17:30")
    booked.sync()
    with pytest.raises(InTheWay):
        booked.book_at("16:00")
    with pytest.raises(InTheWay):
        booked.book_at("10:00")


def test_it_moves_where_the_question_is_answered_so(booked):
    booked.move_there(booked.copy(), "12:30", "13:30")
    booked.sync()
    booked.answer("accept")
    booked.agree()
    assert (booked.starts(booked.first), booked.open_questions()) == ("12:30", 0)
    assert booked.copy()["start"]["dateTime"] == booked.utc("12:30")


def test_it_puts_back_where_the_question_is_answered_so(booked):
    booked.move_there(booked.copy(), "12:30", "13:30")
    booked.sync()
    booked.answer("back")
    booked.agree()
    assert (booked.starts(booked.first), booked.open_questions()) == ("10:00", 0)
    assert booked.copy()["start"]["dateTime"] == booked.utc("10:00")


def test_the_question_closes_itself_when_the_copy_is_moved_back(booked):
    booked.move_there(booked.copy(), "12:30", "13:30")
    booked.sync()
    booked.move_there(booked.copy(), "10:00", "11:00")
    booked.agree()
    assert booked.open_questions() == 0


def test_the_question_closes_itself_when_the_rule_allows_it_by_now(booked):
    other = booked.book_at("15:00")
    booked.sync()
    booked.move_there(booked.event_at("10:00"), "15:00", "16:00")
    booked.sync()
    assert booked.open_questions() == 1
    booked.cancel(other)
    booked.agree()
    assert (booked.starts(booked.first), booked.open_questions()) == ("15:00", 0)


def test_the_question_goes_with_the_appointment(booked):
    booked.move_there(booked.copy(), "12:30", "13:30")
    booked.sync()
    booked.cancel(booked.first)
    booked.agree()
    assert (booked.there(), booked.open_questions()) == ([], 0)


def test_a_new_title_is_written_while_a_question_waits(booked):
    booked.move_there(booked.copy(), "12:30", "13:30")
    booked.sync()
    booked.settings(appointment_title="Massage")
    booked.agree()
    assert booked.copy()["subject"] == "Massage"
    assert booked.open_questions() == 1


def test_it_always_asks_where_the_settings_say_so(booked):
    booked.settings(on_move="ask")
    booked.move_there(booked.copy(), "14:00", "15:00")
    booked.agree()
    assert (booked.question().kind, booked.starts(booked.first)) == ("moved", "10:00")


def test_it_puts_back_twice_where_the_settings_say_so_and_then_asks(booked):
    booked.settings(on_move="back")
    for _ in range(2):
        booked.move_there(booked.copy(), "14:00", "15:00")
        booked.agree()
        assert booked.copy()["start"]["dateTime"] == booked.utc("10:00")
    booked.move_there(booked.copy(), "14:00", "15:00")
    booked.agree()
    assert booked.question().kind == "moved"


def test_it_puts_back_again_after_a_week(booked):
    booked.settings(on_move="back")
    for _ in range(2):
        booked.move_there(booked.copy(), "14:00", "15:00")
        booked.agree()
    booked.forward(days=8)
    booked.move_there(booked.copy(), "14:00", "15:00")
    booked.agree()
    assert booked.open_questions() == 0


def test_two_appointments_may_change_places(booked):
    other = booked.book_at("14:00")
    booked.sync()
    one, two = booked.event_at("10:00"), booked.event_at("14:00")
    booked.move_there(one, "14:00", "15:00")
    booked.move_there(two, "10:00", "11:00")
    booked.agree()
    assert (booked.starts(booked.first), booked.starts(other)) == ("14:00", "10:00")
    assert booked.open_questions() == 0


def test_of_two_that_want_the_same_time_both_are_asked(booked):
    booked.book_at("14:00")
    booked.sync()
    for clock in ("10:00", "14:00"):
        booked.move_there(booked.event_at(clock), "16:00", "17:00")
    booked.agree()
    assert booked.open_questions() == 2


def test_the_panel_wins_where_both_were_moved_and_shows_both(booked):
    booked.move_here(booked.first, "14:00")
    booked.move_there(booked.copy(), "15:00", "16:00")
    booked.agree()
    assert booked.copy()["start"]["dateTime"] == booked.utc("14:00")
    assert booked.question().kind == "both_moved"


@pytest.mark.parametrize("kind", ["drop_after", "drop_before"])
def test_it_shows_both_though_the_answer_was_lost(booked, kind):
    booked.move_here(booked.first, "14:00")
    booked.move_there(booked.copy(), "15:00", "16:00")
    booked.fault("PATCH", kind, times=1)
    booked.agree()
    assert booked.question().kind == "both_moved"


def test_one_click_swaps_where_both_were_moved(booked):
    booked.move_here(booked.first, "14:00")
    booked.move_there(booked.copy(), "15:00", "16:00")
    booked.agree()
    booked.answer("accept")
    booked.agree()
    assert booked.starts(booked.first) == "15:00"
    assert booked.copy()["start"]["dateTime"] == booked.utc("15:00")


def test_both_moved_to_the_same_time_is_no_question(booked):
    booked.move_here(booked.first, "14:00")
    booked.move_there(booked.copy(), "14:00", "15:00")
    last = booked.sandbox.last_request()
    booked.agree()
    assert (booked.writes(last), booked.open_questions()) == ([], 0)


def test_it_takes_a_move_for_new_after_an_answer_that_was_lost(booked):
    booked.fault("PATCH", "drop_after", times=1)
    booked.move_here(booked.first, "14:00")
    booked.sync(rounds=False)
    booked.forward(seconds=16)
    booked.sync(rounds=False)
    booked.move_there(booked.copy(), "15:00", "16:00")
    booked.agree()
    assert (booked.starts(booked.first), booked.open_questions()) == ("15:00", 0)


def test_a_decision_made_during_the_visit_is_not_lost(booked):
    booked.move_there(booked.copy(), "12:30", "13:30")
    booked.sync()
    with booked.visit() as visit:
        plan = make_plan(booked.mirror().id, visit.now())
        evidence = look(visit, plan)
        booked.answer("back")
        assert not ask(visit, plan, evidence, Step.ASK_MOVED)
    booked.agree()
    assert (booked.copy()["start"]["dateTime"], booked.open_questions()) == (booked.utc("10:00"), 0)


def test_what_was_renamed_along_with_the_move_is_called_as_here_again(booked):
    copy = booked.copy()
    booked.sandbox.patch_event(booked.upn, copy["id"], subject="Mine now")
    booked.move_there(booked.copy(), "14:00", "15:00")
    booked.agree()
    assert booked.starts(booked.first) == "14:00"
    assert booked.copy()["subject"] == "Sports massage"
