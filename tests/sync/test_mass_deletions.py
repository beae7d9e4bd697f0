"""So many copies deleted at once that nobody may have meant it: they are held."""

import pytest

from panel.domain.errors import AlreadyChanged, InTheWay
from panel.services import copy_reports, held
from tests.services.correspondence import written

CLOCKS = ("09:00", "10:00", "11:00", "14:00", "16:00")


@pytest.fixture
def week(linked):
    """Five appointments of one day that both sides know."""
    linked.booked = {clock: linked.book_at(clock) for clock in CLOCKS}
    linked.agree()
    return linked


def delete(office, *clocks):
    """Delete these entries there, as with one press on a key, and let Panel see it."""
    ids = [office.event_at(clock)["id"] for clock in clocks]
    for one in ids:
        office.sandbox.delete_event(office.upn, one)
    office.agree()
    return office


def statuses(office):
    return {office.appointment(one).status for one in office.booked.values()}


def waiting(office):
    (found,) = held.open_ones(office.me)
    return found


def say(office, said):
    count = held.answer(waiting(office).id, said, by=office.me, now=office.now())
    office.agree()
    return count


def test_so_many_at_once_are_held_and_asked_about_as_one(week):
    delete(week, *CLOCKS[:4])
    found = waiting(week)
    assert (found.gone, found.upcoming, found.employee) == (4, 5, "Anna Berg")
    assert (week.open_questions(), statuses(week), len(week.there())) == (0, {"approved"}, 1)
    assert week.sync().questions == 1
    report = copy_reports.reports([week.appointment(week.booked["09:00"])])
    assert [one.state for one in report.values()] == ["question"]


def test_three_of_five_are_asked_about_one_by_one(week):
    delete(week, *CLOCKS[:3])
    assert (held.open_ones(week.me), week.open_questions()) == ([], 3)


def test_all_of_two_are_held(linked):
    linked.booked = {clock: linked.book_at(clock) for clock in CLOCKS[:2]}
    linked.agree()
    assert waiting(delete(linked, *CLOCKS[:2])).gone == 2


def test_their_time_stays_taken(week):
    delete(week, *CLOCKS[:4])
    with pytest.raises(InTheWay):
        week.book_at("10:00")


def test_all_else_in_the_round_is_applied(week):
    week.move_there(week.event_at("16:00"), "16:30", "17:00")
    week.block("17:30", "18:00")
    delete(week, *CLOCKS[:4])
    assert [block.title for block in week.blocks()] == ["Dentist"]
    assert week.question().kind == "reshaped" and waiting(week).gone == 4


def test_nothing_is_asked_twice_and_nothing_forgotten(week):
    delete(week, *CLOCKS[:4])
    first = waiting(week).id
    for _ in range(2):
        week.forward(hours=26)
        week.agree()
    assert (waiting(week).id, waiting(week).gone, week.open_questions()) == (first, 4, 0)


def test_those_asked_before_join_when_there_are_more(week):
    delete(week, *CLOCKS[:3])
    delete(week, CLOCKS[3])
    assert (waiting(week).gone, week.open_questions()) == (4, 0)


def test_it_counts_over_a_day_and_no_longer(week):
    delete(week, *CLOCKS[:3])
    week.forward(hours=25)
    delete(week, CLOCKS[3])
    assert (held.open_ones(week.me), week.open_questions()) == ([], 4)


@pytest.mark.parametrize("setting", ["ask", "cancel", "back"])
def test_it_was_not_meant_and_all_are_put_back(week, setting):
    week.settings(on_delete=setting)
    delete(week, *CLOCKS[:4])
    assert say(week, "back") == 4
    assert (len(week.there()), statuses(week), held.open_ones(week.me)) == (5, {"approved"}, [])


def test_it_was_meant_and_each_is_asked_about(week):
    delete(week, *CLOCKS[:4])
    say(week, "meant")
    assert (week.open_questions(), statuses(week), held.open_ones(week.me)) == (
        4, {"approved"}, [],
    )  # fmt: skip
    assert written(kind="employee_question") == []


def test_it_was_meant_and_each_is_cancelled_after_its_grace(week):
    week.settings(on_delete="cancel")
    delete(week, *CLOCKS[:4])
    say(week, "meant")
    assert statuses(week) == {"approved"}
    week.forward(minutes=16)
    week.agree()
    cancelled = [week.appointment(week.booked[one]).status for one in CLOCKS[:4]]
    assert (cancelled, week.open_questions(), len(week.there())) == (["cancelled"] * 4, 0, 1)


def test_it_was_meant_and_each_is_put_back_where_the_settings_say_so(week):
    week.settings(on_delete="back")
    delete(week, *CLOCKS[:4])
    say(week, "meant")
    assert (len(week.there()), week.open_questions()) == (5, 0)


def test_an_answer_counts_once(week):
    delete(week, *CLOCKS[:4])
    first = waiting(week).id
    say(week, "back")
    with pytest.raises(AlreadyChanged):
        held.answer(first, "meant", by=week.me, now=week.now())
    week.agree()
    assert (len(week.there()), statuses(week)) == (5, {"approved"})


def test_once_answered_what_went_before_is_not_counted_again(week):
    delete(week, *CLOCKS[:4])
    say(week, "meant")
    delete(week, CLOCKS[4])
    assert (held.open_ones(week.me), week.open_questions()) == ([], 5)


def test_a_held_one_that_is_moved_here_is_written_again_and_leaves(week):
    delete(week, *CLOCKS[:4])
    week.move_here(week.booked["09:00"], "15:00")
    week.agree()
    assert (waiting(week).gone, len(week.there())) == (3, 2)


def test_the_last_held_one_that_leaves_closes_the_question(week):
    delete(week, *CLOCKS[:4])
    for clock in CLOCKS[:4]:
        week.cancel(week.booked[clock])
    week.agree()
    assert (held.open_ones(week.me), week.open_questions()) == ([], 0)


def test_who_disconnects_and_comes_back_finds_all_written_again(week):
    delete(week, *CLOCKS[:4])
    week.disconnect()
    assert held.open_ones(week.me) == []
    week.connect()
    week.agree()
    assert (len(week.there()), week.open_questions(), statuses(week)) == (5, 0, {"approved"})


def test_a_pass_that_breaks_off_in_the_middle_still_counts_them_all(week):
    for one in [week.event_at(clock) for clock in CLOCKS[:4]]:
        week.sandbox.delete_event(week.upn, one["id"])
    week.sync()
    week.forward(seconds=16)
    week.fault("GET", "status", status=503, skip=3, times=1)
    week.sync()
    week.forward(minutes=2)
    week.agree()
    assert (waiting(week).gone, week.open_questions()) == (4, 0)
