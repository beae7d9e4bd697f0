"""What the sync needs from outside the house."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from panel.outlook.asking import DEADLINE
from panel.outlook.authorities import SigningKeys
from panel.outlook.pool import Http


@dataclass(frozen=True)
class Outside:
    """The clock, the line to Microsoft, and the keys that never lie in the database.

    `now` tells the time as aware UTC. `installation` is this installation's own id, with
    which every marker begins. `notify_url` is where Microsoft tells of changes, empty where it
    cannot reach us. `poll_seconds` overrides the cadence; 0 leaves it. `deadline`
    in seconds bounds each exchange with Graph.
    """

    now: Callable[[], datetime]
    http: Http
    login_url: str
    graph_url: str
    signing_keys: SigningKeys
    installation: str
    keys: tuple[str, ...] = field(repr=False)
    notify_url: str = ""
    poll_seconds: int = 0
    deadline: float = DEADLINE
