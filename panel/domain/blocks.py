"""Time taken by something in Outlook, as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from panel.domain.remote import RemoteEvent, SkeletonOccurrence

# A calendar date begins first at UTC+14 and ends last at UTC-12.
EARLIEST, LATEST = timedelta(hours=14), timedelta(hours=12)
TAKES_NOTHING = frozenset({"free", "unknown"})


@dataclass(frozen=True)
class Block:
    """One stretch of time. `starts` and `ends` are aware UTC instants.

    An all-day block has `first_date` and `end_date` (exclusive) as ISO dates too; its instants
    then bound those dates in every zone. `counts` is false for what is cancelled, declined
    or a draft: it is kept to be compared, and never blocks.
    """

    remote_id: str
    series_id: str | None
    change_key: str
    starts: datetime
    ends: datetime
    show_as: str
    title: str
    counts: bool
    first_date: str | None = None
    end_date: str | None = None
    transaction_id: str | None = None


def block_of(event: RemoteEvent) -> Block | None:
    """The time that an entry takes; None where it takes none."""
    if event.show_as in TAKES_NOTHING or event.type == "seriesMaster":
        return None
    starts, ends, first, last = _when(event)
    return Block(
        remote_id=event.id,
        series_id=event.series_master_id,
        change_key=event.change_key,
        starts=starts,
        ends=ends,
        show_as=event.show_as,
        title="" if event.sensitivity in ("private", "confidential") else event.subject,
        counts=_counts(event),
        first_date=first,
        end_date=last,
        transaction_id=event.transaction_id,
    )


def occurrence_block(bare: SkeletonOccurrence, master: RemoteEvent | None) -> Block | None:
    """The time of one date of a series, filled from its master.

    Without a master it blocks as busy: an entry whose details are unknown is not free.
    """
    if master is None:
        return _bare(bare, "busy", "", True)
    if master.show_as in TAKES_NOTHING:
        return None
    private = master.sensitivity in ("private", "confidential")
    title = "" if private else master.subject
    if not master.is_all_day:
        return _bare(bare, master.show_as, title, _counts(master))
    first, last = bare.start.date(), bare.end.date()
    starts, ends = _bounds(first, last)
    return Block(
        bare.id, bare.series_master_id, bare.change_key, starts, ends, master.show_as, title,
        _counts(master), first.isoformat(), last.isoformat(),
    )  # fmt: skip


def too_many_freed(freed: int, future: int) -> bool:
    """Whether a round frees so much future time that only a full comparison may confirm it."""
    return freed > max(10, future * 3 // 10)


def masters_missing(
    bare: Mapping[str, SkeletonOccurrence], masters: Mapping[str, RemoteEvent]
) -> list[str]:
    """The series of bare occurrences whose master is not in the round, in a stable order."""
    wanted = {one.series_master_id for one in bare.values()}
    return sorted(wanted - masters.keys())


def _bare(bare: SkeletonOccurrence, show_as: str, title: str, counts: bool) -> Block:
    return Block(
        bare.id,
        bare.series_master_id,
        bare.change_key,
        bare.start,
        bare.end,
        show_as,
        title,
        counts,
    )


def _counts(event: RemoteEvent) -> bool:
    return not (event.is_cancelled or event.is_draft or event.response == "declined")


def _when(event: RemoteEvent) -> tuple[datetime, datetime, str | None, str | None]:
    if event.start is not None and event.end is not None:
        return event.start, event.end, None, None
    assert event.start_date is not None and event.end_date is not None
    starts, ends = _bounds(event.start_date, event.end_date)
    return starts, ends, event.start_date.isoformat(), event.end_date.isoformat()


def _bounds(first: date, last: date) -> tuple[datetime, datetime]:
    starts = datetime.combine(first, time(), UTC) - EARLIEST
    return starts, datetime.combine(last, time(), UTC) + LATEST
