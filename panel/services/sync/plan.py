"""What is known here about one copy before Microsoft is asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from panel.db.base import db, fresh
from panel.db.tables import Mirror, OutlookSettings, Push, Question
from panel.domain.body import read_block
from panel.domain.content import CATEGORY, Content, Found
from panel.domain.mirror import Case, OnDelete, OnMove, Shape, There
from panel.domain.remote import RemoteEvent
from panel.services.backfilling import FILL
from panel.services.integration import settings
from panel.services.moving import WANTED
from panel.services.sync.wanted import Wanted, wanted

PUT_BACK_MEMORY = timedelta(days=7)


@dataclass(frozen=True)
class Plan:
    """One copy as it stands here: what is wanted, what was agreed, what is being sent.

    `revision` is the desired revision that this plan fulfils. `acts_at` is when a deleted one
    is cancelled, where that was said. `mirror` is detached from the database: reading it opens
    no transaction.
    """

    mirror: Mirror
    wish: Wanted
    revision: int
    decided_at: datetime
    settings: OutlookSettings
    acts_at: datetime | None = None

    @property
    def content(self) -> Content:
        assert self.wish.content is not None
        return self.wish.content

    @property
    def agreed(self) -> Content | None:
        return Content.from_json(self.mirror.base) if self.mirror.base else None

    @property
    def sending(self) -> Content | None:
        """What a write says whose outcome is not known yet."""
        return Content.from_json(self.mirror.intent) if self.mirror.intent else None

    def is_settled(self) -> bool:
        """Whether nothing need be asked: the agreed content is the wanted one, or none is."""
        if self.mirror.hinted or self.mirror.adopting or self.mirror.ruling:
            return False
        if self.mirror.moving == WANTED:
            return False
        if self.mirror.state == "linked":
            return self.wish.wanted and self.agreed == self.content
        nothing = self.mirror.state == "none" and self.mirror.intent is None
        return nothing and not self.wish.wanted


def make_plan(mirror_id: int, now: datetime, *, held_too: bool = False) -> Plan | None:
    """Read what is known here of one copy. None where the mirror is gone or held."""
    mirror = db.session.get(Mirror, mirror_id, populate_existing=True)
    if mirror is None or (mirror.state == "held" and not held_too):
        fresh()
        return None
    kept = settings()
    wish = wanted(mirror, kept)
    push = db.session.get(Push, mirror_id, populate_existing=True)
    decided_at = wish.since or (push.since if push else now)
    acts_at = _acts_at(mirror) if mirror.state == "gone" else None
    plan = Plan(mirror, wish, mirror.desired, decided_at, kept, acts_at)
    db.session.expunge_all()
    fresh()
    return plan


def _acts_at(mirror: Mirror) -> datetime | None:
    """When it is to be cancelled, as its open question says."""
    asked = select(Question.acts_at).where(
        Question.mirror_id == mirror.id, Question.closed_at.is_(None), Question.kind == "deleted"
    )
    return db.session.scalar(asked)


def found_in(event: RemoteEvent) -> Found:
    """One entry of Outlook as the decision sees it."""
    return Found(
        title=event.subject,
        block=read_block(event.body_html),
        location=event.location,
        category=CATEGORY in event.categories,
        starts=event.start,
        ends=event.end,
        reshaped=event.is_all_day or event.has_recurrence or event.is_cancelled,
        people=event.people,
        online=event.online_meeting_url is not None,
    )


def case_of(
    plan: Plan, there: There, found: Found | None, now: datetime, *, adrift: bool, several: bool
) -> Case:
    """Put one copy into the terms of the decision table.

    `adrift`: the whole calendar that it lay in is gone, which is no word about this copy.
    `several`: it was pasted more than once.
    """
    agreed, content = base_of(plan, found), plan.wish.content
    changed = agreed is not None and content is not None and content.time != agreed.time
    equal = found is not None and content is not None and found.same_time(content)
    return Case(
        there=there,
        wanted=plan.wish.wanted,
        ended=_ended(agreed, content, found, now),
        ended_when_unwanted=agreed is not None and agreed.ends <= plan.decided_at,
        time_changed=changed,
        shape=_shape(found, agreed, equal=equal),
        times_equal=equal,
        fields_differ=_fields_differ(found, content, agreed),
        owner=plan.wish.owner,
        put_backs=len(recent_put_backs(plan.mirror, now)),
        on_move=OnMove(plan.settings.on_move),
        on_delete=OnDelete(plan.settings.on_delete),
        adopting=plan.mirror.adopting or adrift,
        ruled_back=plan.mirror.ruling == "back",
        filled=plan.mirror.ruling == FILL,
        names_erased=plan.wish.erased and _names_differ(found, content, agreed),
        several=several,
        grace_over=plan.acts_at is not None and plan.acts_at <= now,
    )


def base_of(plan: Plan, found: Found | None) -> Content | None:
    """What both sides agreed on: also a write whose answer was lost, once it is seen there."""
    agreed, sending = plan.agreed, plan.sending
    if agreed is None or sending is None:
        return agreed or sending
    if found is None or not found.same_time(sending):
        return agreed
    return replace(
        agreed,
        starts=sending.starts,
        ends=sending.ends,
        before=sending.before,
        after=sending.after,
    )


def recent_put_backs(mirror: Mirror, now: datetime) -> list[str]:
    """When this copy was put back in the last seven days, as ISO instants."""
    since = (now - PUT_BACK_MEMORY).isoformat()
    return [when for when in mirror.put_backs if when >= since]


def _ended(
    agreed: Content | None, content: Content | None, found: Found | None, now: datetime
) -> bool:
    ends = [one.ends for one in (agreed, content, found) if one is not None and one.ends]
    return bool(ends) and max(ends) <= now


def _shape(found: Found | None, agreed: Content | None, *, equal: bool) -> Shape:
    if found is None or agreed is None or found.same_time(agreed):
        return Shape.SAME
    if equal:
        return Shape.MOVED
    if found.reshaped or not found.same_length(agreed):
        return Shape.RESHAPED
    return Shape.MOVED


def _names_differ(found: Found | None, content: Content | None, agreed: Content | None) -> bool:
    """Whether title or block, which may name people, differ from what should stand there."""
    if found is None or content is None:
        return False
    before = agreed or content
    kept = found.same_block(content, before) and found.same_guests(content, before)
    return found.title != content.title or not kept


def _fields_differ(found: Found | None, content: Content | None, agreed: Content | None) -> bool:
    if found is None or content is None:
        return False
    return not found.same_fields(content, agreed or content)
