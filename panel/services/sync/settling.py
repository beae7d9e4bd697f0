"""Make one copy equal: look, decide, act, and look again until it is settled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from panel.domain.errors import Forbidden, RowRefused
from panel.domain.mirror import Step, There, decide, is_deletion
from panel.domain.remote import RemoteEvent
from panel.services.sync import changing, creating, outcomes
from panel.services.sync.asking import ask, close_moot, open_question
from panel.services.sync.deletions import Deletion
from panel.services.sync.evidence import AGAIN, Evidence, look
from panel.services.sync.moves import Move
from panel.services.sync.plan import Plan, base_of, case_of, found_in, make_plan
from panel.services.sync.relocating import is_ripe, relocate
from panel.services.sync.visit import Visit

ROUNDS = 4


def settle(visit: Visit, mirror_id: int) -> Move | Deletion | None:
    """Bring one copy and its subject into agreement; return what is judged with others of it.

    Safe to run again after any failure. Errors of the line go through unchanged.
    """
    plan: Plan | None = None
    for _ in range(ROUNDS):
        plan = make_plan(mirror_id, visit.now())
        if plan is None:
            return None
        if plan.is_settled():
            _confirm(visit, plan)
            return None
        evidence = look(visit, plan)
        found = found_in(evidence.event) if evidence.event else None
        if evidence.twins:
            changing.remove_twins(visit, plan, evidence)
        case = case_of(
            plan, evidence.there, found, visit.now(),
            adrift=evidence.adrift, several=evidence.several,
        )  # fmt: skip
        if is_deletion(case):
            return Deletion(plan, evidence, case)
        step = decide(case)
        if step is Step.MOVE:
            return Move(plan, evidence)
        do = relocate if is_ripe(plan, step) else _DO[step]
        if do(visit, plan, evidence):
            return None
    if plan is not None:
        outcomes.wait(visit, plan, timedelta(seconds=10))
    return None


def _confirm(visit: Visit, plan: Plan) -> None:
    with visit.recording() as session:
        outcomes.confirm(session, visit, plan, outcomes.mirror_of(session, plan))


def _wait(visit: Visit, plan: Plan, evidence: Evidence) -> bool:
    if evidence.missing:
        since = plan.mirror.missing_since or visit.now()
        outcomes.wait(visit, plan, AGAIN, missing_since=since)
    else:
        outcomes.wait(visit, plan, timedelta(seconds=30))
    return True


def _leave(visit: Visit, plan: Plan, evidence: Evidence) -> bool:
    """Nothing to do: what is agreed stays as it is, and the copy may have moved calendars."""
    with visit.recording() as session:
        mirror = outcomes.mirror_of(session, plan)
        if evidence.event is not None:
            mirror.state, mirror.remote_id = "linked", evidence.event.id
            mirror.change_key = evidence.event.change_key
            mirror.calendar_id = evidence.place.id if evidence.place else mirror.calendar_id
            agreed = base_of(plan, found_in(evidence.event))
            if agreed is not None:
                mirror.base, mirror.base_end = agreed.to_json(), agreed.ends
        elif mirror.state in ("intent", "unknown"):
            mirror.state = "gone" if evidence.there is There.GONE else "none"
        outcomes.confirm(session, visit, plan, mirror)
        close_moot(session, plan, Step.LEAVE, visit.now())
    return True


def _forget(visit: Visit, plan: Plan, evidence: Evidence) -> bool:
    with visit.recording() as session:
        outcomes.forget(session, visit, plan)
        close_moot(session, plan, Step.FORGET, visit.now())
    return True


def _delete(visit: Visit, plan: Plan, evidence: Evidence) -> bool:
    done = changing.remove(visit, plan, evidence)
    if done:
        _moot(visit, plan, Step.DELETE)
    return done


def _remember(visit: Visit, plan: Plan, evidence: Evidence) -> bool:
    done = changing.remember(visit, plan, evidence, plan.content)
    _moot(visit, plan, Step.REMEMBER)
    return done


def _push(visit: Visit, plan: Plan, evidence: Evidence) -> bool:
    done = changing.change(visit, plan, evidence)
    if done:
        _moot(visit, plan, Step.PUSH)
    return done


def _put_back(visit: Visit, plan: Plan, evidence: Evidence) -> bool:
    if evidence.event is not None and evidence.event.is_cancelled:
        return _replace(visit, plan, evidence, evidence.event)
    done = changing.change(visit, plan, evidence, put_back=True)
    if done:
        _moot(visit, plan, Step.PUT_BACK)
    return done


def _replace(visit: Visit, plan: Plan, evidence: Evidence, event: RemoteEvent) -> bool:
    """What was called off cannot be called back: it makes room for a new entry."""
    try:
        gone = changing.take_away(visit, plan, event)
    except (RowRefused, Forbidden) as error:
        outcomes.refused(visit, plan, outcomes.reason(error))
        return True
    return gone and _recreate(visit, plan, evidence)


def _recreate(visit: Visit, plan: Plan, evidence: Evidence) -> bool:
    done = creating.create(visit, plan, anew=True)
    _moot(visit, plan, Step.RECREATE)
    return done


def _empty(visit: Visit, plan: Plan, evidence: Evidence) -> bool:
    return changing.change(visit, plan, evidence, time=False, names_only=True)


def _push_and_ask(visit: Visit, plan: Plan, evidence: Evidence) -> bool:
    # Before the write: after it, nothing shows any more what stood there.
    with visit.recording() as session:
        if outcomes.is_current(plan, outcomes.mirror_of(session, plan)):
            open_question(session, visit, plan, evidence, "both_moved")
    return changing.change(visit, plan, evidence)


def _ask(step: Step) -> Callable[[Visit, Plan, Evidence], bool]:
    return lambda visit, plan, evidence: ask(visit, plan, evidence, step)


def _hold(visit: Visit, plan: Plan, evidence: Evidence) -> bool:
    with visit.recording() as session:
        outcomes.hold(session, plan)
    return True


def _moot(visit: Visit, plan: Plan, step: Step) -> None:
    with visit.recording() as session:
        close_moot(session, plan, step, visit.now())


# What moved and what was deleted there is judged together with others, elsewhere.
_DO: dict[Step, Callable[[Visit, Plan, Evidence], bool]] = {
    Step.WAIT: _wait,
    Step.LEAVE: _leave,
    Step.FORGET: _forget,
    Step.DELETE: _delete,
    Step.CREATE: lambda visit, plan, _: creating.create(visit, plan, anew=False),
    Step.RECREATE: _recreate,
    Step.REMEMBER: _remember,
    Step.PUSH: _push,
    Step.EMPTY: _empty,
    Step.PUSH_AND_ASK: _push_and_ask,
    Step.PUT_BACK: _put_back,
    Step.ASK_MOVED: _ask(Step.ASK_MOVED),
    Step.ASK_RESHAPED: _ask(Step.ASK_RESHAPED),
    Step.HOLD: _hold,
}
