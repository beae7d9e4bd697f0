"""The decision about one copy, on all its inputs, by law."""

import itertools
from dataclasses import fields, replace

import pytest

from panel.domain.mirror import (
    MOST_PUT_BACKS,
    Case,
    OnDelete,
    OnMove,
    Shape,
    Step,
    There,
    decide,
    is_deletion,
    too_many_gone,
)

# What is said of deletions alone: it is drawn only for what is gone, which spares millions.
OF_DELETIONS = ("too_many", "grace_over", "several")
FLAGS = [one.name for one in fields(Case) if one.type == "bool" and one.name not in OF_DELETIONS]
CHOICES = {
    "there": list(There),
    "shape": list(Shape),
    "put_backs": [0, MOST_PUT_BACKS - 1, MOST_PUT_BACKS],
    "on_move": list(OnMove),
    "on_delete": list(OnDelete),
    **{name: [False, True] for name in FLAGS},
}
ASKS = {
    Step.ASK_MOVED, Step.ASK_RESHAPED, Step.ASK_DELETED, Step.PUSH_AND_ASK, Step.ASK_CANCEL,
    Step.HOLD_DELETED,
}  # fmt: skip
WRITES_THERE = {Step.CREATE, Step.RECREATE, Step.PUSH, Step.PUSH_AND_ASK, Step.PUT_BACK}


def possible(case):
    """An entry at the agreed time has the agreed shape; one that is not there has none."""
    if case.there is not There.ALIVE:
        nothing = case.shape is Shape.SAME and not case.times_equal
        return nothing and not case.fields_differ and not case.names_erased
    if case.names_erased and not case.fields_differ:
        return False
    if case.shape is Shape.SAME:
        return case.times_equal is not case.time_changed
    return not case.times_equal or (case.time_changed and case.shape is Shape.MOVED)


ALL = [
    case
    for values in itertools.product(*CHOICES.values())
    if possible(case := Case(**dict(zip(CHOICES, values, strict=True))))
]
ALL += [
    replace(case, **dict(zip(OF_DELETIONS, flags, strict=True)))
    for case in ALL
    if case.there is There.GONE
    for flags in itertools.product((False, True), repeat=len(OF_DELETIONS))
    if any(flags)
]
STEPS = {case: decide(case) for case in ALL}


def steps(**given):
    """Every step that is decided on in the cases that have these values."""
    wanted = given.items()
    return {
        step
        for case, step in STEPS.items()
        if all(getattr(case, name) == value for name, value in wanted)
    }


OPEN = {"wanted": True, "ended": False}
ALIVE = {**OPEN, "there": There.ALIVE}
GONE = {**OPEN, "there": There.GONE}
ALONE = {"too_many": False, "several": False}
PLAIN = {"adopting": False, "ruled_back": False}


def test_it_always_decides():
    assert set(STEPS.values()) <= set(Step)


def test_every_step_is_reached():
    assert set(STEPS.values()) == set(Step)


def test_what_is_unknown_is_asked_again_and_nothing_else_waits():
    assert steps(there=There.UNKNOWN) == {Step.WAIT}
    assert {case.there for case, step in STEPS.items() if step is Step.WAIT} == {There.UNKNOWN}


def test_only_what_is_not_wanted_and_alive_is_deleted():
    deleted = [case for case, step in STEPS.items() if step is Step.DELETE]
    assert all(not case.wanted and case.there is There.ALIVE for case in deleted)
    assert steps(wanted=False, there=There.ALIVE, ended_when_unwanted=False) == {Step.DELETE}
    over = {"wanted": False, "there": There.ALIVE, "ended_when_unwanted": True}
    assert steps(**over, names_erased=False) == {Step.LEAVE}


def test_what_is_not_wanted_and_not_there_is_forgotten():
    for there in (There.NEVER, There.GONE):
        assert steps(wanted=False, there=there) == {Step.FORGET}


def test_what_has_ended_is_left_as_it_is():
    for there in (There.NEVER, There.GONE, There.ALIVE):
        ended = {"wanted": True, "ended": True, "there": there, "filled": False}
        assert steps(**ended, names_erased=False) == {Step.LEAVE}


def test_what_has_ended_is_written_only_where_somebody_wants_it_and_it_never_was():
    filled = {"wanted": True, "ended": True, "filled": True}
    assert steps(**filled, there=There.NEVER) == {Step.CREATE}
    for there in (There.GONE, There.ALIVE):
        assert steps(**filled, there=there, names_erased=False) == {Step.LEAVE}


def test_whoever_was_erased_is_taken_out_of_what_has_ended_and_of_nothing_else():
    emptied = [case for case, step in STEPS.items() if step is Step.EMPTY]
    assert all(case.names_erased and case.there is There.ALIVE for case in emptied)
    assert all(case.ended if case.wanted else case.ended_when_unwanted for case in emptied)
    erased = {"there": There.ALIVE, "names_erased": True}
    assert steps(**erased, wanted=True, ended=True) == {Step.EMPTY}
    assert steps(**erased, wanted=False, ended_when_unwanted=True) == {Step.EMPTY}


def test_only_what_is_not_there_is_created():
    assert steps(**OPEN, there=There.NEVER) == {Step.CREATE}
    made = {case.there for case, step in STEPS.items() if step in (Step.CREATE, Step.RECREATE)}
    assert made == {There.NEVER, There.GONE}


def test_what_is_gone_is_written_anew_where_the_panel_has_spoken_since():
    for name in ("time_changed", "adopting", "ruled_back"):
        assert steps(**GONE, **{name: True}) == {Step.RECREATE}


def test_another_persons_deleted_copy_stays_deleted():
    gone = {**GONE, **PLAIN, "owner": False, "time_changed": False}
    assert steps(**gone, too_many=False) == {Step.STAY_DELETED}


def test_the_owners_deleted_copy_follows_the_setting():
    quiet = {**GONE, **PLAIN, "owner": True, "time_changed": False, **ALONE}
    assert steps(**quiet, on_delete=OnDelete.ASK) == {Step.ASK_DELETED}
    for times in CHOICES["put_backs"]:
        step = Step.RECREATE if times < MOST_PUT_BACKS else Step.ASK_DELETED
        assert steps(**quiet, on_delete=OnDelete.BACK, put_backs=times) == {step}


def test_a_deleted_one_is_cancelled_only_after_its_grace():
    quiet = {**GONE, **PLAIN, "owner": True, "time_changed": False, **ALONE}
    cancelling = {**quiet, "on_delete": OnDelete.CANCEL}
    assert steps(**cancelling, grace_over=False) == {Step.ASK_CANCEL}
    assert steps(**cancelling, grace_over=True) == {Step.CANCEL}
    cancels = {case for case, step in STEPS.items() if step is Step.CANCEL}
    assert all(case.on_delete is OnDelete.CANCEL and case.owner for case in cancels)


def test_of_several_pasted_ones_every_setting_asks():
    several = {**GONE, **PLAIN, "owner": True, "time_changed": False, "too_many": False}
    assert steps(**several, several=True) == {Step.ASK_DELETED}


def test_where_too_many_are_gone_no_setting_decides():
    decided = {STEPS[case] for case in ALL if case.too_many and is_deletion(case)}
    assert decided == {Step.HOLD_DELETED}
    held = [case for case, step in STEPS.items() if step is Step.HOLD_DELETED]
    assert all(case.too_many and is_deletion(case) for case in held)


@pytest.mark.parametrize(
    "gone, of, too_many",
    [
        (1, 1, False), (2, 2, True), (2, 3, False), (3, 3, True), (3, 15, False), (3, 4, False),
        (4, 19, True), (4, 20, False), (5, 24, True), (5, 25, False), (37, 41, True),
        (0, 0, False), (21, 100, True), (20, 100, False),
    ],
)  # fmt: skip
def test_so_many_at_once_are_not_taken_at_their_word(gone, of, too_many):
    assert too_many_gone(gone, of) is too_many


def test_what_was_reshaped_never_moves_by_itself():
    decided = steps(**ALIVE, shape=Shape.RESHAPED, owner=True, **PLAIN, times_equal=False)
    assert decided == {Step.ASK_RESHAPED}
    assert Step.MOVE not in steps(shape=Shape.RESHAPED)


def test_only_the_owners_copy_moves_anything():
    moved = [case for case, step in STEPS.items() if step in (Step.MOVE, Step.PUSH_AND_ASK)]
    assert all(case.owner and case.shape is Shape.MOVED for case in moved)


def test_what_was_moved_there_only_follows_the_setting():
    moved = {**ALIVE, **PLAIN, "shape": Shape.MOVED, "times_equal": False, "time_changed": False}
    assert steps(**moved, owner=True, on_move=OnMove.MOVE) == {Step.MOVE}
    assert steps(**moved, owner=True, on_move=OnMove.ASK) == {Step.ASK_MOVED}
    for times in CHOICES["put_backs"]:
        step = Step.PUT_BACK if times < MOST_PUT_BACKS else Step.ASK_MOVED
        assert steps(**moved, owner=True, on_move=OnMove.BACK, put_backs=times) == {step}
        assert steps(**moved, owner=False, put_backs=times) == {step}


def test_the_panel_wins_where_both_were_moved_and_the_owner_sees_both():
    both = {**ALIVE, **PLAIN, "shape": Shape.MOVED, "times_equal": False, "time_changed": True}
    assert steps(**both, owner=True) == {Step.PUSH_AND_ASK}
    assert steps(**both, owner=False) == {Step.PUSH}


def test_the_same_on_both_sides_costs_no_call():
    quiet = {**ALIVE, "times_equal": True, "fields_differ": False}
    assert steps(**quiet, time_changed=False) == {Step.LEAVE}
    assert steps(**quiet, time_changed=True) == {Step.REMEMBER}


def test_another_field_that_differs_is_written():
    assert steps(**ALIVE, times_equal=True, fields_differ=True) == {Step.PUSH}


def test_after_a_reconnect_nothing_moves_and_nothing_is_asked():
    decided = steps(**ALIVE, adopting=True) | steps(**GONE, adopting=True)
    assert not decided & (ASKS | {Step.MOVE, Step.STAY_DELETED})


@pytest.mark.parametrize("shape", [Shape.MOVED, Shape.RESHAPED])
def test_after_a_reconnect_what_differs_is_held_until_somebody_decides(shape):
    differs = {**ALIVE, "adopting": True, "shape": shape, "times_equal": False}
    assert steps(**differs, ruled_back=False) == {Step.HOLD}
    assert steps(**differs, ruled_back=True) == {Step.PUT_BACK}


def test_a_decision_of_a_person_is_carried_out_and_never_asked_again():
    assert not steps(wanted=True, ruled_back=True) & (ASKS | {Step.HOLD, Step.STAY_DELETED})


def test_it_never_puts_back_without_end():
    """Only a person's decision goes beyond; a changed time or field is no putting back."""
    endless = [case for case, step in STEPS.items() if step is Step.PUT_BACK]
    assert all(case.put_backs < MOST_PUT_BACKS or case.ruled_back for case in endless)


def test_settings_decide_nothing_but_moves_and_deletions():
    for case, step in STEPS.items():
        if step in WRITES_THERE - {Step.PUT_BACK, Step.RECREATE}:
            other = replace(case, on_move=OnMove.ASK, on_delete=OnDelete.BACK)
            assert STEPS[other] is step
