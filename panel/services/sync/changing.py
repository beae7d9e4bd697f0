"""Change one copy, or take it away.

Each commits what it is about to do before it asks Microsoft, and what came of it after.
Each returns whether the copy is settled; if not, it is looked at again.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

from panel.domain.body import put_block
from panel.domain.content import CATEGORY, Content, Found
from panel.domain.errors import (
    Ambiguous,
    CannotDelete,
    ChangedMeanwhile,
    Forbidden,
    Gone,
    OutlookUnavailable,
    RowRefused,
)
from panel.domain.remote import RemoteEvent
from panel.services import journal
from panel.services.sync import outcomes
from panel.services.sync.evidence import AGAIN, Evidence
from panel.services.sync.inviting import invited
from panel.services.sync.plan import Plan, found_in
from panel.services.sync.visit import Visit

# What names people, of all that Panel owns in a copy.
NAMES = frozenset({"subject", "body_html", "attendees", "hide_attendees"})
# What Microsoft may keep otherwise, such as one who invites themselves: it is sent once.
ONCE = frozenset({"attendees", "hide_attendees"})
OWNED = NAMES | {"location", "categories"}
# What those who were invited read when their entry is taken away.
CALLED_OFF = "This appointment was cancelled."
TIME = frozenset({"start", "end", "is_all_day", "recurrence"})


def change(
    visit: Visit,
    plan: Plan,
    evidence: Evidence,
    *,
    time: bool = True,
    put_back: bool = False,
    names_only: bool = False,
) -> bool:
    """Write the owned fields that differ; `time=False` leaves the time as it is there.

    `names_only` leaves all but title and block, which name people, as it is there.
    """
    event = evidence.event
    assert event is not None
    owned = NAMES if names_only else OWNED
    changes = _changes(plan, event, owned, time=time)
    if not changes:
        return _remembered(visit, plan, evidence, time=time)
    told = "attendees" in changes or found_in(event).tells(plan.agreed or plan.content)
    if told and outcomes.must_pause(visit, plan):
        return True
    _about_to_change(visit, plan, evidence)
    answer = _updated(visit, plan, event, changes)
    if isinstance(answer, bool):
        return answer
    if changes.keys() & _changes(plan, answer, owned, time=time).keys() - ONCE:
        outcomes.refused(visit, plan, "Outlook does not keep what Panel writes there.", intent=None)
        return True
    return _changed(visit, plan, evidence, answer, time=time, put_back=put_back)


def _updated(
    visit: Visit, plan: Plan, event: RemoteEvent, changes: dict[str, Any]
) -> RemoteEvent | bool:
    """Send the changes; return what stands there then, or else whether the copy is settled."""
    try:
        return visit.client.update(event.id, changes, event.change_key)
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
        outcomes.refused(visit, plan, outcomes.reason(error), intent=None)
        return True


def _changes(
    plan: Plan, event: RemoteEvent, owned: frozenset[str], *, time: bool
) -> dict[str, Any]:
    content, found = plan.content, found_in(event)
    changes: dict[str, Any] = {}
    if found.title != content.title:
        changes["subject"] = content.title
    if content.location and found.location != content.location:
        changes["location"] = content.location
    agreed = plan.agreed or replace(content, guests=None)
    if not found.same_guests(content, agreed):
        changes["attendees"] = invited(event, content, agreed)
        changes["hide_attendees"] = content.hidden
    if time and not found.same_time(content):
        changes |= {"start": content.starts, "end": content.ends}
        if event.is_all_day:
            changes["is_all_day"] = False
        if event.has_recurrence:
            changes["recurrence"] = None
    if owned == NAMES or changes or not found.tells(agreed):
        changes |= _text(found, event, content, agreed, erasing=owned == NAMES)
    return {name: value for name, value in changes.items() if name in owned | TIME}


def _text(
    found: Found, event: RemoteEvent, content: Content, agreed: Content, *, erasing: bool
) -> dict[str, Any]:
    """Our block and category where they differ; a meeting's link in the body is left alone."""
    changes: dict[str, Any] = {}
    if not found.category:
        changes["categories"] = (*event.categories, CATEGORY)
    if not found.same_block(content, agreed) and (erasing or not found.online):
        changes["body_html"] = put_block(event.body_html, content.block)
    return changes


def _about_to_change(visit: Visit, plan: Plan, evidence: Evidence) -> None:
    with visit.recording() as session:
        mirror = outcomes.mirror_of(session, plan)
        mirror.writes += 1
        mirror.intent = plan.content.to_json()
        if evidence.event is not None:
            mirror.remote_id = evidence.event.id


def _changed(
    visit: Visit,
    plan: Plan,
    evidence: Evidence,
    answer: RemoteEvent,
    *,
    time: bool,
    put_back: bool,
) -> bool:
    found = found_in(answer)
    content = _agreed_after(plan, time=time)
    equal = found.same_fields(content, content) and found.same_time(content)
    with visit.recording() as session:
        mirror = outcomes.link(
            session, visit, plan, answer, evidence.place, content, keep_key=equal
        )
        mirror.intent = None
        if put_back:
            # Only what succeeded: a try that failed has not been undone by anybody.
            outcomes.count_put_back(mirror, visit.now())
            outcomes.note_put_back(session, visit, plan, evidence, content)
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
    assert evidence.event is not None
    try:
        if not take_away(visit, plan, evidence.event):
            return False
    except (RowRefused, Forbidden) as error:
        outcomes.refused(visit, plan, outcomes.reason(error))
        return True
    with visit.recording() as session:
        outcomes.forget(session, visit, plan)
        outcomes.note(session, visit, plan, "removed_from_outlook", side=journal.BOTH)
    return True


def take_away(visit: Visit, plan: Plan, event: RemoteEvent) -> bool:
    """Delete the entry; False where it must be looked at again. Raises RowRefused, Forbidden."""
    with visit.recording() as session:
        mirror = outcomes.mirror_of(session, plan)
        mirror.writes += 1
        mirror.remote_id = event.id
    try:
        if plan.agreed is not None and event.is_organizer and found_in(event).tells(plan.agreed):
            visit.client.cancel(event.id, CALLED_OFF)
        else:
            visit.client.delete(event.id, event.change_key)
    except (Gone, CannotDelete, ChangedMeanwhile):
        return False
    except OutlookUnavailable as error:
        if error.ambiguous:
            outcomes.wait(visit, plan, timedelta(0), state="unknown")
        raise
    return True


def remove_twins(visit: Visit, plan: Plan, evidence: Evidence) -> None:
    """Delete what our own repeated request made twice, if nobody has touched it since."""
    sent = plan.sending
    for twin in evidence.twins if sent is not None else ():
        found = found_in(twin)
        assert sent is not None
        if found.same_time(sent) and found.same_fields(sent, sent):
            # One that somebody has changed or taken away meanwhile is not ours to delete.
            with suppress(Gone, CannotDelete, ChangedMeanwhile, Forbidden, RowRefused):
                visit.client.delete(twin.id, twin.change_key)
