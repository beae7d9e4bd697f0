"""What to do while Outlook cannot be asked whether somebody is busy (design 7)."""

from __future__ import annotations

from datetime import datetime, timedelta

# How long the last known busy time is relied on under the rule "wait".
PATIENCE = timedelta(minutes=30)
RULES = ("wait", "accept", "refuse")


def offered(silent_since: datetime | None, rule: str, now: datetime) -> bool:
    """Say whether somebody's times are offered at all.

    `silent_since` is when Outlook stopped answering (aware UTC), None while it answers. By
    `rule` their times are offered for half an hour of silence (wait), always (accept), or not
    at all (refuse). What was known last goes on blocking in each case.
    """
    if silent_since is None or rule == "accept":
        return True
    return rule == "wait" and now - silent_since <= PATIENCE
