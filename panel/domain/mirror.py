"""The decision: what to do about one copy, from here, there and what was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

MOST_PUT_BACKS = 2
# So many deletions in a day are no longer taken at their word: this many, and this share.
MANY, MANY_SHARE = 3, 0.2


class There(Enum):
    """What is known of the copy. Unknown is a value: an error never becomes gone."""

    UNKNOWN = "unknown"
    NEVER = "never"
    GONE = "gone"
    ALIVE = "alive"


class Shape(Enum):
    """The copy's time against the agreed one."""

    SAME = "same"
    MOVED = "moved"
    RESHAPED = "reshaped"


class OnMove(Enum):
    """The owner's setting for a booking moved in Outlook."""

    MOVE = "move"
    ASK = "ask"
    BACK = "back"


class OnDelete(Enum):
    """The owner's setting for a booking deleted in Outlook."""

    ASK = "ask"
    CANCEL = "cancel"
    BACK = "back"


class Step(Enum):
    """What to do. Only these exist, so every answer of `decide` can be carried out."""

    WAIT = "ask again later"
    LEAVE = "nothing, and it is settled"
    FORGET = "no copy is wanted and none is there"
    DELETE = "delete the copy"
    CREATE = "write a copy, the first or another attempt at it"
    RECREATE = "write a copy anew, as a new generation"
    REMEMBER = "both sides say the same: agree on it"
    PUSH = "write here's values there"
    PUSH_AND_ASK = "write here's time there, and show both values"
    EMPTY = "take an erased person out of title and block, though it has ended"
    PUT_BACK = "write the agreed time there again"
    MOVE = "move here, if the rules allow it"
    ASK_MOVED = "ask: accept the move or put it back"
    ASK_RESHAPED = "ask: accept the other shape or put it back"
    ASK_DELETED = "ask: cancel or put it back"
    ASK_CANCEL = "say when it will be cancelled, and that it can be kept"
    CANCEL = "cancel it here, and tell the customers"
    HOLD_DELETED = "so many are gone at once: ask first whether it was meant"
    HOLD = "after a reconnect: show that it differs before it is put back"
    STAY_DELETED = "another person's copy stays deleted"


@dataclass(frozen=True)
class Case:
    """One copy as the decision sees it.

        `wanted`: the subject should stand in this person's Outlook. `ended`: the agreed end (or,
        where nothing was agreed, the end here) and the end there are past. `ended_when_unwanted`:
        it was over when it stopped being wanted. `time_changed`: the time here differs from the
        agreed one. `times_equal`: here and there name the same time. `fields_differ`: an owned
        field other than the time differs, here or there, from what should stand. `owner`: this
        copy may move or cancel the subject. `put_backs`: how often it was put back in 7 days.
        `adopting`: the account was linked again, so what happened there meanwhile is no order.
        `ruled_back`: a person has decided that the panel's value counts. `filled`: a person wants
    what has ended there too. `names_erased`: title or block there still speak of somebody whose
    data was erased here. `too_many`: so many copies of this mailbox are gone that a person must
    say whether it was meant. `grace_over`: it was said that this one will be cancelled, and the
    time to keep it has passed. `several`: it was pasted more than once, so that only a person
    can say which one is meant.
    """

    there: There
    wanted: bool
    ended: bool = False
    ended_when_unwanted: bool = False
    time_changed: bool = False
    shape: Shape = Shape.SAME
    times_equal: bool = False
    fields_differ: bool = False
    owner: bool = True
    put_backs: int = 0
    on_move: OnMove = OnMove.MOVE
    on_delete: OnDelete = OnDelete.ASK
    adopting: bool = False
    ruled_back: bool = False
    filled: bool = False
    names_erased: bool = False
    too_many: bool = False
    grace_over: bool = False
    several: bool = False


def decide(case: Case) -> Step:
    """Say what to do about one copy; the first fitting line wins."""
    if case.there is There.UNKNOWN:
        return Step.WAIT
    if not case.wanted:
        return _unwanted(case)
    if case.there is There.NEVER and (case.filled or not case.ended):
        return Step.CREATE
    if case.ended:
        return _over(case)
    if case.there is There.GONE:
        return _gone(case)
    return _alive(case)


def _unwanted(case: Case) -> Step:
    if case.there is not There.ALIVE:
        return Step.FORGET
    # A meeting that took place stays in the diary, however late the cancellation came.
    return _over(case) if case.ended_when_unwanted else Step.DELETE


def _over(case: Case) -> Step:
    """What took place is left as it is; only whoever must be forgotten is taken out of it."""
    alive = case.there is There.ALIVE
    return Step.EMPTY if alive and case.names_erased else Step.LEAVE


def is_deletion(case: Case) -> bool:
    """Whether somebody took the copy away there, and nothing here orders another one.

    These are counted and judged together: so many at once may be a mistake, or a fault.
    """
    ordered = case.time_changed or case.adopting or case.ruled_back
    return case.there is There.GONE and case.wanted and not case.ended and not ordered


def too_many_gone(gone: int, of: int) -> bool:
    """Whether `gone` deletions in a day, `of` copies to come, are more than anybody means.

    More than 3 and more than a fifth; or all of two or more.
    """
    return gone > max(MANY, of * MANY_SHARE) or (gone >= of and gone >= 2)


def _gone(case: Case) -> Step:
    if not is_deletion(case):
        return Step.RECREATE
    if case.too_many:
        return Step.HOLD_DELETED
    if not case.owner:
        return Step.STAY_DELETED
    if case.several:
        return Step.ASK_DELETED
    if case.on_delete is OnDelete.BACK and case.put_backs < MOST_PUT_BACKS:
        return Step.RECREATE
    if case.on_delete is OnDelete.CANCEL:
        return Step.CANCEL if case.grace_over else Step.ASK_CANCEL
    return Step.ASK_DELETED


def _alive(case: Case) -> Step:
    differs = case.shape is not Shape.SAME and not case.times_equal
    if differs and case.ruled_back:
        return Step.PUT_BACK
    if differs and case.adopting:
        return Step.HOLD
    if case.shape is Shape.RESHAPED:
        return Step.ASK_RESHAPED if case.owner else _put_back(case)
    if case.time_changed and case.shape is Shape.MOVED and not case.times_equal:
        return Step.PUSH_AND_ASK if case.owner else Step.PUSH
    if case.shape is Shape.MOVED and not case.times_equal:
        return _moved(case)
    if case.time_changed and not case.times_equal:
        return Step.PUSH
    if case.fields_differ:
        return Step.PUSH
    return Step.REMEMBER if case.time_changed else Step.LEAVE


def _moved(case: Case) -> Step:
    if not case.owner:
        return _put_back(case)
    if case.on_move is OnMove.BACK:
        return _put_back(case)
    return Step.MOVE if case.on_move is OnMove.MOVE else Step.ASK_MOVED


def _put_back(case: Case) -> Step:
    # Two programs that each put their own value back would never end; a person can.
    if case.put_backs < MOST_PUT_BACKS:
        return Step.PUT_BACK
    return Step.ASK_RESHAPED if case.shape is Shape.RESHAPED else Step.ASK_MOVED
