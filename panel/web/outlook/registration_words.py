"""How the registration at Microsoft stands, in words."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from panel.services.integration import configured
from panel.services.outlook_setup import OutlookSettings
from panel.web.words import stamp

OK, NO = "Microsoft accepts the client ID and the secret.", "Microsoft refuses the client secret."


class Verdict(NamedTuple):
    """What is known of the secret: voice, first words, the rest."""

    voice: str
    strong: str
    words: str


def ready(kept: OutlookSettings) -> tuple[str, str, str]:
    """The mark of the integration: voice, icon, words."""
    if not kept.enabled:
        return ("off", "pause-circle", "Switched off")
    if not configured(kept):
        return ("off", "slash-circle", "Not set up")
    if kept.refused_at is not None:
        return ("act", "exclamation-octagon-fill", "Refused by Microsoft")
    return ("ok", "check-circle-fill", "Ready")


def verdict(kept: OutlookSettings) -> Verdict:
    """What the last test said, unless an employee's connection has shown something since."""
    tested, token = kept.tested_at, kept.last_token_at
    if kept.refused_at is not None:
        rest = f"Since {_when(kept.refused_at)}. Make a new one at Microsoft and store it here."
        return Verdict("act", NO, f"{rest} Nobody has to connect again.")
    if token is not None and (tested is None or kept.test_result != "refused" or token > tested):
        return Verdict("ok", OK, f"It last let an employee’s calendar in {_when(token)}.")
    if tested is None:
        return Verdict("off", "Not tested yet.", "Test tries the stored client ID and secret.")
    when = f"Tested {_when(tested)}"
    if kept.test_result == "accepted":
        return Verdict("ok", OK, when)
    if kept.test_result == "refused":
        more = "It has expired or was mistyped: make a new one at Microsoft and store it here."
        return Verdict("act", NO, f"{when}. {more}")
    words = f"{when}. Check the tenant and the client ID, then try again."
    return Verdict("late", "Microsoft’s answer leaves it open.", words)


def _when(moment: datetime) -> str:
    said = stamp(moment)
    return f"{said[0].lower()}{said[1:]}" if said.startswith("Today") else f"on {said}"
