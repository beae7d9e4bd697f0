"""How an entry will look in Outlook, with made-up people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from panel.domain import texts
from panel.domain.moments import at_wall
from panel.services.outlook_options import refusals
from panel.web.words import day_span, today, zone

# In minutes since midnight, or long.
STARTS, MINUTES, AFTER = 600, 60, 15
EVENT_STARTS, EVENT_MINUTES = 1110, 90
CUSTOMER = ("customer_full_name", "customer_phone", "customer_email", "customer_note")


@dataclass(frozen=True)
class Preview:
    """One entry as it will stand there, or why it cannot be shown."""

    where: str
    title: str = ""
    time: str = ""
    lines: tuple[str, ...] = ()
    refused: str = ""


def previews(typed: Mapping[str, str], *, customers: bool, buffers: bool) -> tuple[Preview, ...]:
    """An appointment and an event under these templates."""
    wrong = refusals(typed)
    return _appointment(typed, wrong, customers, buffers), _event(typed, wrong)


def _appointment(
    typed: Mapping[str, str], wrong: Mapping[str, str], customers: bool, buffers: bool
) -> Preview:
    where = "In Anna Berg’s Outlook"
    if refused := _refused("appointment", wrong):
        return Preview(where, refused=refused)
    known = texts.SAMPLES
    named = known if customers else {**known, **dict.fromkeys(CUSTOMER, "")}
    lines = texts.fill(typed["appointment_text"], named).splitlines()
    if customers:
        lines += [
            known[name] for name in ("customer_full_name", "customer_phone", "customer_email")
        ]
    title = texts.title(typed["appointment_title"], known) or known["service_name"]
    return Preview(where, title, _time(STARTS, MINUTES + (AFTER if buffers else 0)), tuple(lines))


def _event(typed: Mapping[str, str], wrong: Mapping[str, str]) -> Preview:
    if refused := _refused("event", wrong):
        return Preview("An event", refused=refused)
    title = texts.title(typed["event_title"], texts.SAMPLES) or texts.SAMPLES["event_name"]
    lines = texts.fill(typed["event_text"], texts.SAMPLES).splitlines()
    return Preview("An event", title, _time(EVENT_STARTS, EVENT_MINUTES), tuple(lines))


def _refused(kind: str, wrong: Mapping[str, str]) -> str:
    for part in ("title", "text"):
        if f"{kind}_{part}" in wrong:
            return f"No preview: the {part} has a placeholder that does not exist."
    return ""


def _time(starts: int, minutes: int) -> str:
    """The day after tomorrow, as the reader's clock shows it."""
    begins = at_wall(today() + timedelta(days=2), starts, zone())
    return day_span(begins, begins + timedelta(minutes=minutes))
