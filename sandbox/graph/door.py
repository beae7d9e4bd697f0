"""The one door to Graph: a request goes in, an answer comes out; HTTP stays outside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.mailbox import Mailbox

APPLICATION = "00001111-aaaa-2222-bbbb-3333cccc4444"


@dataclass
class Ask:
    """One request that has passed the bearer check."""

    method: str
    path: str  # after "/v1.0", still percent-encoded
    query: list[tuple[str, str]]  # decoded; names in any case
    headers: Mapping[str, str]  # names in any case
    body: Any  # parsed JSON, None where there is none
    mailbox: Mailbox
    scopes: frozenset[str]  # short or full names
    world: Any
    client_id: str = APPLICATION


@dataclass
class Answer:
    """What Graph says: the body is ready for JSON, None means empty."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


async def answer(ask: Ask) -> Answer:
    """Answer any Graph path, $batch too. Never raises for what a client does."""
    raise NotImplementedError


def refusal(
    status: int, code: str, message: str, request: Mapping[str, str], headers: dict[str, str]
) -> Answer:
    """An error in Graph's shape, with Graph's headers: also for 401, 429 and faults."""
    raise NotImplementedError
