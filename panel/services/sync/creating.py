"""Write a first copy, so that a lost answer never makes a second one.

What is about to be sent is committed before Microsoft is asked, and what came of it after.
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
    Forbidden,
    Gone,
    OutlookUnavailable,
    PanelError,
    RowRefused,
)
from panel.domain.remote import Attendee, EventWish, RemoteEvent
from panel.services import installation, journal
from panel.services.sync import outcomes
from panel.services.sync.calendars import list_again
from panel.services.sync.evidence import AGAIN
from panel.services.sync.plan import Plan, found_in
from panel.services.sync.relocating import arrived, carried_to, pass_on
from panel.services.sync.visit import Place, Visit

NO_CALENDAR = timedelta(minutes=1)


def create(visit: Visit, plan: Plan, *, anew: bool, put_back: bool = False) -> bool:
    """Write a first copy; a generation that was begun is sent again with the same content.

    `put_back`: nobody has asked for it, so that it counts towards the limit of putting back.
    """
    place = next((one for one in visit.places() if one.writes), None)
    if place is None:
        if pass_on(visit, plan, anew=anew):
            return True
        outcomes.wait(visit, plan, NO_CALENDAR)
        return True
    if plan.content.guests and outcomes.must_pause(visit, plan):
        return True
    wish, content = _intend(visit, plan, place, anew=anew)
    try:
        event = visit.client.create(place.remote_id, wish)
    except Ambiguous:
        outcomes.wait(visit, plan, AGAIN, state="unknown")
        return True
    except OutlookUnavailable as error:
        if error.ambiguous:
            outcomes.wait(visit, plan, AGAIN, state="unknown")
        else:
            outcomes.wait(visit, plan, timedelta(0), **_not_made(plan, anew=anew))
        raise
    except (RowRefused, Forbidden, Gone) as error:
        _refused(visit, plan, place, error, _not_made(plan, anew=anew))
        return True
    return _created(visit, plan, event, place, content, put_back=put_back)


def _refused(
    visit: Visit, plan: Plan, place: Place, error: PanelError, undone: dict[str, Any]
) -> None:
    """Blame the row, unless its calendar is gone or read only: then all rows wait for another."""
    if isinstance(error, RowRefused) or place in list_again(visit):
        outcomes.refused(visit, plan, outcomes.reason(error), **undone)
    else:
        outcomes.wait(visit, plan, NO_CALENDAR, **undone)


def _intend(visit: Visit, plan: Plan, place: Place, *, anew: bool) -> tuple[EventWish, Content]:
    """Commit what is about to be created, under names that no other create ever has."""
    mirror, content = plan.mirror, replace(plan.content, teams=plan.content.teams and place.meets)
    marker, transaction_id = mirror.marker, mirror.transaction_id
    started = _was_begun(plan, anew=anew)
    if started and marker and transaction_id and plan.sending is not None:
        content = plan.sending
    else:
        own = installation.own(visit.outside)
        marker, transaction_id = (f"{own}-{secrets.token_hex(16)}" for _ in range(2))
    with visit.recording() as session:
        row = outcomes.mirror_of(session, plan)
        row.generation += 0 if started else 1
        row.marker, row.transaction_id, row.mailbox_id = marker, transaction_id, visit.mailbox_id
        row.remote_id = row.change_key = row.base = row.base_end = None
        row.intent, row.state, row.missing_since = content.to_json(), "intent", None
        row.writes += 1
        carried = carried_to(row)
    return _wish(content, marker, transaction_id, carried), content


def _was_begun(plan: Plan, *, anew: bool) -> bool:
    """Whether this generation was sent before, so that it may have arrived after all."""
    return plan.sending is not None and plan.mirror.base is None and not anew


def _wish(content: Content, marker: str, transaction_id: str, carried: dict[str, Any]) -> EventWish:
    """What is sent; `carried` is what the person had added to a copy that makes room for it."""
    own = carried.get("body_html")
    return EventWish(
        subject=content.title,
        body_html=put_block(own, content.block) if own or content.block else None,
        start=content.starts,
        end=content.ends,
        marker=marker,
        transaction_id=transaction_id,
        location=content.location or None,
        categories=(CATEGORY,),
        attendees=tuple(Attendee(*guest) for guest in content.guests or ()) or None,
        hide_attendees=content.hidden,
        teams=content.teams,
        show_as=carried.get("show_as"),
        sensitivity=carried.get("sensitivity"),
    )


def _not_made(plan: Plan, *, anew: bool) -> dict[str, Any]:
    """Where it is certain that nothing was made, the next try may start from the beginning.

    Of a generation that was sent before that is never certain: its names are kept.
    """
    if _was_begun(plan, anew=anew):
        return {"state": "unknown"}
    gone = {"state": "gone", "base": plan.mirror.base, "base_end": plan.mirror.base_end}
    nothing = {"state": "none", "intent": None, "marker": None, "transaction_id": None}
    return {**nothing, **gone, "marker": plan.mirror.marker} if anew else nothing


def _created(
    visit: Visit, plan: Plan, event: RemoteEvent, place: Place, content: Content, *, put_back: bool
) -> bool:
    whole = found_in(event).same_fields(content, content)
    with visit.recording() as session:
        mirror = outcomes.link(session, visit, plan, event, place, content, keep_key=whole)
        mirror.intent, mirror.missing_since = None, None
        if put_back:
            outcomes.count_put_back(mirror, visit.now())
        arrived(session, mirror)
        if content == plan.content:
            outcomes.confirm(session, visit, plan, mirror)
            outcomes.note(session, visit, plan, "in_outlook", side=journal.BOTH)
    # An older content of the same generation was sent: the change since follows as a change.
    return content == plan.content
