"""Before an account is let go: have Microsoft stop telling of its changes, if it is quick."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from time import monotonic, sleep

from sqlalchemy import select

from panel.db.base import db, fresh
from panel.db.tables import RemoteCalendarRow, Subscription
from panel.domain.errors import PanelError
from panel.outlook.client import OutlookClient
from panel.services.outside import Outside
from panel.services.sync.leases import Lease, take
from panel.services.sync.tokens import Once
from panel.services.sync.visit import open_visit

# For all of it, in seconds: somebody waits for the page.
MOST = 3.0
PAUSE = 0.05


def stop_telling(mailbox_id: int, outside: Outside) -> None:
    """End the subscriptions of a mailbox. Never raises for what Microsoft says.

    What is left there ends by itself within a week, and what it tells until then is ignored.
    No transaction may be open.
    """
    ends = monotonic() + MOST
    remote_ids = _told(mailbox_id)
    lease = _taken(mailbox_id, ends) if remote_ids else None
    if lease is not None:
        try:
            _end(lease, remote_ids, outside, ends)
        finally:
            fresh()
            lease.release()


def _told(mailbox_id: int) -> list[str]:
    """Microsoft's ids of what it tells of."""
    rows = db.session.scalars(
        select(Subscription.remote_id)
        .join(RemoteCalendarRow)
        .where(RemoteCalendarRow.mailbox_id == mailbox_id, Subscription.remote_id.is_not(None))
    ).all()
    fresh()
    return [one for one in rows if one is not None]


def _taken(mailbox_id: int, ends: float) -> Lease | None:
    """The mailbox, once the worker who has it is done."""
    lease = take(mailbox_id)
    while lease is None and monotonic() < ends:
        sleep(PAUSE)
        lease = take(mailbox_id)
    return lease


def _end(lease: Lease, remote_ids: Iterable[str], outside: Outside, ends: float) -> None:
    visit = open_visit(lease, replace(outside, deadline=ends - monotonic()))
    if visit is None or visit.reads_only:
        return
    with suppress(PanelError):
        token = visit.tokens(None)
        for remote_id in remote_ids:
            left = ends - monotonic()
            if left > 0:
                client = OutlookClient(
                    outside.graph_url, access_token=Once(token), http=outside.http, deadline=left
                )
                client.subscriptions.end(remote_id)
