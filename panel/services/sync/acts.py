"""Write to one copy: create it, change it, take it away.

Each commits what it is about to do before it asks Microsoft, and what came of it after.
Each returns whether the copy is settled; if not, it is looked at again.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Any

from panel.domain.body import put_block
from panel.domain.content import CATEGORY, Content
from panel.domain.errors import (
    Ambiguous,
    CannotDelete,
    ChangedMeanwhile,
    Forbidden,
    Gone,
    OutlookUnavailable,
    RowRefused,
)
from panel.domain.remote import EventWish, RemoteEvent
from panel.services import journal
from panel.services.sync import outcomes
from panel.services.sync.evidence import AGAIN, Evidence
from panel.services.sync.plan import Plan, found_in, recent_put_backs
from panel.services.sync.visit import Place, Visit

NO_CALENDAR = timedelta(minutes=1)


def create(visit: Visit, plan: Plan, *, anew: bool) -> bool:
    """Write a first copy; a generation that was begun is sent again with the same content."""
    place = next((one for one in visit.places() if one.writes), None)
    if place is None:
        outcomes.wait(visit, plan, NO_CALENDAR)
        return True
    wish, content = _intend(visit, plan, anew=anew)
    try:
        event = visit.client.create(place.remote_id, wish)
    except Ambiguous:
        outcomes.wait(visit, plan, AGAIN, state="unknown")
        return True
    except OutlookUnavailable as error:
        if error.ambiguous:
            outcomes.wait(visit, plan, AGAIN, state="unknown")
        else:
            outcomes.wait(visit, plan, timedelta(0), **_never_sent(plan, anew=anew))
        raise
    except (RowRefused, Forbidden, Gone) as error:
        outcomes.refused(visit, plan, _why(error), **_never_sent(plan, anew=anew))
        return True
    return _created(visit, plan, event, place, content)


def _intend(visit: Visit, plan: Plan, *, anew: bool) -> tuple[EventWish, Content]:
    """Commit what is about to be created, under names that no other create ever has."""
    mirror, content = plan.mirror, plan.content
    marker, transaction_id = mirror.marker, mirror.transaction_id
    started = plan.sending is not None and mirror.base is None and not anew
    if started and marker and transaction_id and plan.sending is not None:
        content = plan.sending
    else:
        marker, transaction_id = _name(visit), _name(visit)
    with visit.recording() as session:
        row = outcomes.mirror_of(session, plan)
        row.generation += 0 if started else 1
        row.marker, row.transaction_id, row.mailbox_id = marker, transaction_id, visit.mailbox_id
        row.remote_id = row.change_key = row.base = row.base_end = None
        row.intent, row.state, row.missing_since = content.to_json(), "intent", None
        row.writes += 1
    return _wish(content, marker, transaction_id), content


def _name(visit: Visit) -> str:
    return f"{visit.outside.installation}-{secrets.token_hex(16)}"


def _wish(content: Content, marker: str, transaction_id: str) -> EventWish:
    return EventWish(
        subject=content.title,
        body_html=put_block(None, content.block) if content.block else None,
        start=content.starts,
        end=content.ends,
        marker=marker,
        transaction_id=transaction_id,
        location=content.location or None,
        categories=(CATEGORY,),
    )


def _never_sent(plan: Plan, *, anew: bool) -> dict[str, Any]:
    """Where it is certain that nothing was made, the next try may start from the beginning."""
    gone = {"state": "gone", "base": plan.mirror.base, "base_end": plan.mirror.base_end}
    nothing = {"state": "none", "intent": None, "marker": None, "transaction_id": None}
    return {**nothing, **gone, "marker": plan.mirror.marker} if anew else nothing


def _created(visit: Visit, plan: Plan, event: RemoteEvent, place: Place, content: Content) -> bool:
    whole = found_in(event).same_fields(content, content)
    with visit.recording() as session:
        mirror = outcomes.link(session, visit, plan, event, place, content, keep_key=whole)
        mirror.intent, mirror.missing_since = None, None
        if content == plan.content:
            outcomes.confirm(session, visit, plan, mirror)
            outcomes.note(session, visit, plan, "in_outlook", side=journal.BOTH)
    # An older content of the same generation was sent: the change since follows as a change.
    return content == plan.content


def change(
    visit: Visit, plan: Plan, evidence: Evidence, *, time: bool = True, put_back: bool = False
) -> bool:
    """Write the owned fields that differ; `time=False` leaves the time as it is there."""
    event = evidence.event
    assert event is not None
    changes = _changes(plan, event, time=time)
    if not changes:
        return _remembered(visit, plan, evidence, time=time)
    _about_to_change(visit, plan, evidence, put_back=put_back)
    try:
        answer = visit.client.update(event.id, changes, event.change_key)
    except (ChangedMeanwhile, Gone):
        return False
    except Ambiguous:
        outcomes.wait(visit, plan, AGAIN, state="unknown")
        return True
    except OutlookUnavailable as error:
        if error.ambiguous:
            outcomes.wait(visit, plan, timedelta(0), state="unknown")
        raise
    except (RowRefused, Forbidden) as error:
        outcomes.refused(visit, plan, _why(error), intent=None)
        return True
    return _changed(visit, plan, evidence, answer, time=time)


def _changes(plan: Plan, event: RemoteEvent, *, time: bool) -> dict[str, Any]:
    content, found = plan.content, found_in(event)
    changes: dict[str, Any] = {}
    if found.title != content.title:
        changes["subject"] = content.title
    if content.location and found.location != content.location:
        changes["location"] = content.location
    if not found.category:
        changes["categories"] = (*event.categories, CATEGORY)
    if not found.same_block(content, plan.agreed or content):
        changes["body_html"] = put_block(event.body_html, content.block)
    if time and not found.same_time(content):
        changes |= {"start": content.starts, "end": content.ends}
        if event.is_all_day:
            changes["is_all_day"] = False
        if event.has_recurrence:
            changes["recurrence"] = None
    return changes


def _about_to_change(visit: Visit, plan: Plan, evidence: Evidence, *, put_back: bool) -> None:
    now = visit.now()
    with visit.recording() as session:
        mirror = outcomes.mirror_of(session, plan)
        mirror.writes += 1
        mirror.intent = plan.content.to_json()
        if evidence.event is not None:
            mirror.remote_id = evidence.event.id
        if put_back:
            mirror.put_backs = [*recent_put_backs(plan.mirror, now), now.isoformat()]


def _changed(
    visit: Visit, plan: Plan, evidence: Evidence, answer: RemoteEvent, *, time: bool
) -> bool:
    found = found_in(answer)
    content = _agreed_after(plan, time=time)
    equal = found.same_fields(content, content) and found.same_time(content)
    with visit.recording() as session:
        mirror = outcomes.link(
            session, visit, plan, answer, evidence.place, content, keep_key=equal
        )
        mirror.intent = None
        if equal or not time:
            outcomes.confirm(session, visit, plan, mirror)
            outcomes.note(session, visit, plan, "in_outlook", side=journal.BOTH)
    # What we did not send and what differs all the same goes through the table now.
    return equal or not time


def _agreed_after(plan: Plan, *, time: bool) -> Content:
    agreed = plan.agreed
    if time or agreed is None:
        return plan.content
    return replace(
        plan.content,
        starts=agreed.starts,
        ends=agreed.ends,
        before=agreed.before,
        after=agreed.after,
    )


def _remembered(visit: Visit, plan: Plan, evidence: Evidence, *, time: bool) -> bool:
    return remember(visit, plan, evidence, _agreed_after(plan, time=time))


def remember(visit: Visit, plan: Plan, evidence: Evidence, agreed: Content) -> bool:
    """Both sides say the same already: agree on it, without a call."""
    event = evidence.event
    assert event is not None
    with visit.recording() as session:
        mirror = outcomes.link(session, visit, plan, event, evidence.place, agreed, keep_key=True)
        outcomes.confirm(session, visit, plan, mirror)
    return True


def remove(visit: Visit, plan: Plan, evidence: Evidence) -> bool:
    """Take the copy away. Done on a plain yes; anything else is looked at again."""
    event = evidence.event
    assert event is not None
    with visit.recording() as session:
        mirror = outcomes.mirror_of(session, plan)
        mirror.writes += 1
        mirror.remote_id = event.id
    try:
        visit.client.delete(event.id, event.change_key)
    except (Gone, CannotDelete, ChangedMeanwhile):
        return False
    except OutlookUnavailable as error:
        if error.ambiguous:
            outcomes.wait(visit, plan, timedelta(0), state="unknown")
        raise
    except (RowRefused, Forbidden) as error:
        outcomes.refused(visit, plan, _why(error))
        return True
    with visit.recording() as session:
        outcomes.forget(session, visit, plan)
        outcomes.note(session, visit, plan, "removed_from_outlook", side=journal.BOTH)
    return True


def remove_twins(visit: Visit, plan: Plan, evidence: Evidence) -> None:
    """Delete what our own repeated request made twice, if nobody has touched it since."""
    sent = plan.sending
    for twin in evidence.twins if sent is not None else ():
        found = found_in(twin)
        assert sent is not None
        if found.same_time(sent) and found.same_fields(sent, sent):
            visit.client.delete(twin.id, twin.change_key)


def _why(error: Exception) -> str:
    code = getattr(error, "code", "")
    return f"{error} ({code})" if code else str(error)
