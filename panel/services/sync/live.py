"""One bounded look at Outlook before somebody is booked: is exactly that time still free?

Search shows what was read last; a booking asks once more where that is older than a minute.
What is found is stored as blocks, which the booking's transaction reads. No answer is never
taken for a free time: it is remembered as silence, and the settings say what silence means.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from panel.domain.errors import Forbidden, Gone, PanelError, SignInNeeded
from panel.domain.remote import RemoteEvent, TokenSet, UnreadableItem
from panel.domain.schedule import Span
from panel.outlook import signin
from panel.outlook.client import OutlookClient
from panel.outlook.registration import Registration
from panel.services.outside import Outside
from panel.services.sync import live_rows
from panel.services.sync.live_rows import Line
from panel.services.sync.tokens import Once
from panel.services.sync.traffic import Tally

log = logging.getLogger(__name__)

# For the tokens and all calendars of everybody who is asked about, in seconds.
DEADLINE = 2.0
EARLY = timedelta(minutes=1)
Seen = dict[int, list[RemoteEvent]]
Key = tuple[int, datetime, datetime]

_threads = ThreadPoolExecutor(3, thread_name_prefix="live-check")
_lock = threading.Lock()
_under_way: dict[Key, threading.Event] = {}


@dataclass(frozen=True)
class Answer:
    """What one mailbox said: its entries by calendar, and tokens where they were renewed."""

    seen: Seen
    renewed: TokenSet | None = None
    tally: Tally = field(default_factory=Tally)


def look(employee_ids: Collection[int], span: Span, *, outside: Outside) -> None:
    """Ask about this time of these employees, as far as what was read of it is stale.

    Several visitors who want the same time of the same employee share one question. Never
    raises for what Microsoft says or does not say. No transaction may be open.
    """
    until = monotonic() + DEADLINE
    mine, others = _shared([(id, span.starts, span.ends) for id in sorted(set(employee_ids))])
    try:
        _ask([id for id, *_ in mine], span, outside, until)
    finally:
        _done(mine)
    for told in others:
        told.wait(max(0.0, until - monotonic()))


def _shared(keys: list[Key]) -> tuple[list[Key], list[threading.Event]]:
    """Part the questions into those to ask and those that somebody is asking already."""
    with _lock:
        mine = [key for key in keys if key not in _under_way]
        others = [_under_way[key] for key in keys if key in _under_way]
        _under_way.update({key: threading.Event() for key in mine})
    return mine, others


def _done(keys: list[Key]) -> None:
    with _lock:
        told = [_under_way.pop(key) for key in keys]
    for one in told:
        one.set()


def _ask(employee_ids: list[int], span: Span, outside: Outside, until: float) -> None:
    lines, registration = live_rows.stale_lines(employee_ids, outside)
    if registration is None:
        return
    asked = [(line, _submit(line, registration, outside, span, until)) for line in lines]
    for line, future in asked:
        try:
            answer = future.result(max(0.0, until - monotonic()))
        except (PanelError, TookTooLong) as silence:
            # A question that was never begun says nothing about who was to be asked.
            if not future.cancel():
                log.info("Mailbox %s gave no answer in time: %r", line.mailbox_id, silence)
                live_rows.remember_silence(line, outside.now())
        else:
            live_rows.store(line, answer.seen, answer.renewed, answer.tally, outside)
        finally:
            live_rows.let_go(line)


def _submit(
    line: Line, registration: Registration, outside: Outside, span: Span, until: float
) -> Future[Answer]:
    """Ask in another thread, which touches no database: it may outlive the visitor's wait."""

    def left() -> float:
        return max(0.1, until - monotonic())

    return _threads.submit(_answered, line, registration, outside, span, left)


def _answered(
    line: Line,
    registration: Registration,
    outside: Outside,
    span: Span,
    left: Callable[[], float],
) -> Answer:
    tokens, renewed, tally = line.tokens, None, Tally()
    if tokens.expires_at - outside.now() < EARLY:
        if line.lease is None:
            # Somebody else has the mailbox and is renewing them.
            raise SignInNeeded("unauthorized")
        renewed = tokens = signin.refresh(
            registration,
            tokens.refresh_token or "",
            http=outside.http,
            now=outside.now(),
            deadline=left(),
        )
    client = OutlookClient(
        outside.graph_url,
        access_token=Once(tokens.access_token),
        http=outside.http,
        deadline=left(),
        after_request=tally.asked,
    )
    asked = ((id, _entries(client, remote_id, span)) for id, remote_id in line.calendars)
    return Answer({id: found for id, found in asked if found is not None}, renewed, tally)


def _entries(client: OutlookClient, calendar_id: str, span: Span) -> list[RemoteEvent] | None:
    """What stands there then; None for a calendar that is gone or denied to us.

    That is an answer, and the card tells the employee; what was read of it before still blocks.
    """
    try:
        found = client.calendar_view(calendar_id, span.starts, span.ends)
    except (Forbidden, Gone):
        return None
    if any(isinstance(one, UnreadableItem) for one in found):
        raise PanelError("An entry could not be read.")
    return [one for one in found if isinstance(one, RemoteEvent)]
