"""Titles and texts with placeholders: `%service_name%` and its like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from panel.domain.body import one_line
from panel.domain.errors import RuleBroken

PLACEHOLDER = re.compile(r"%([A-Za-z][A-Za-z0-9_]*)%")
# Behind these signs a text would be read as a fact, a link or a placeholder.
_SIGNS = re.compile(r"[:%]")
_SIGNS_AND_HOSTS = re.compile(r"[:%]|\.(?=\w)")

COMMON = ("location", "employee_name", "company_name", "company_phone")
APPOINTMENT = (
    "service_name", "customer_full_name", "customer_phone", "customer_email", "customer_note",
    "booking_ref", *COMMON,
)  # fmt: skip
EVENT = ("event_name", "event_description", "capacity", *COMMON)

# In mails. Times stand in the reader's zone, which is named.
BUSINESS = ("business_name", "business_phone")
VISIT = (
    "service_name", "employee_name", "starts", "starts_short", "persons", "place", "price",
    "booking_ref",
)  # fmt: skip
MAIL_TO_CUSTOMER = ("customer_name", *VISIT, "starts_before", "manage_url", *BUSINESS)
MAIL_TO_EMPLOYEE = (
    "customer_name", "customer_phone", "customer_email", "customer_note", "answers", *VISIT,
    "panel_url", *BUSINESS,
)  # fmt: skip
MAIL_TO_ATTENDEE = (
    "customer_name", "event_name", "starts", "starts_short", "starts_before", "places", "place",
    "price", "offered_until", "booking_ref", "manage_url", *BUSINESS,
)  # fmt: skip
MAIL_ABOUT_OUTLOOK = (
    "question", "reason", "in_panel", "in_outlook", "choices", "what", "starts_short",
    "customer_name", "employee_name", "panel_url", *BUSINESS,
)  # fmt: skip
MAIL_ABOUT_DELETIONS = (
    "employee_name", "deleted", "upcoming", "some_of_them", "panel_url", *BUSINESS,
)  # fmt: skip
MAIL_TO_USER = ("user_name", "link_url", *BUSINESS)
MAIL_OF_OUTLOOK = (
    "user_name", "problem", "effect", "since", "waiting", "expires", "panel_url", *BUSINESS,
)  # fmt: skip
# Links are put in when a mail is sent, so that the database holds none.
LINKS = ("manage_url", "panel_url", "link_url")

# What a preview shows in place of each.
SAMPLES = {
    "service_name": "Sports massage",
    "customer_full_name": "Ines Carvalho",
    "customer_phone": "07700 900 461",
    "customer_email": "ines.carvalho@example.com",
    "customer_note": "Left shoulder, please.",
    "booking_ref": "K7Q2M4XD",
    "event_name": "Back care workshop",
    "event_description": "Ninety minutes for a back that carries you.",
    "capacity": "12",
    "location": "Room 2",
    "employee_name": "Anna Berg",
    "company_name": "Linden Studio",
    "company_phone": "0117 496 0100",
    "customer_name": "Ines Carvalho",
    "answers": "How did you hear of us: A friend",
    "starts": "Wednesday 25 November 2026, 10:00–11:00 (Europe/London)",
    "starts_short": "Wed 25 Nov, 10:00",
    "starts_before": "Wednesday 25 November 2026, 09:00–10:00 (Europe/London)",
    "question": "Moved in Outlook. Keep which time?",
    "reason": "12:30 is inside your break, 12:00 to 13:00, so the appointment has not moved. "
    "Ines Carvalho has not been told.",
    "in_panel": "Wed 25 Nov, 10:00–11:00",
    "in_outlook": "Wed 25 Nov, 12:30–13:30",
    "choices": "Put back to 10:00: https://linden.example/panel/questions/7?answer=back\n"
    "Accept 12:30: https://linden.example/panel/questions/7?answer=accept",
    "what": "Sports massage",
    "deleted": "37",
    "upcoming": "41",
    "some_of_them": "Sports massage, Wed 25 Nov, 10:00\nSports massage, Wed 25 Nov, 14:00",
    "place": "14 Cheltenham Road, Bristol",
    "price": "58.00 GBP",
    "persons": "2",
    "places": "2",
    "offered_until": "Tuesday 24 November 2026, 18:00 (Europe/London)",
    "business_name": "Linden Studio",
    "business_phone": "0117 496 0100",
    "user_name": "Ben Ode",
    "problem": "Microsoft asks you to sign in again.",
    "effect": "Until then new appointments do not reach your Outlook, and new busy time there is "
    "not seen. Nothing is lost.",
    "since": "Tuesday 24 November 2026, 09:12 (Europe/London)",
    "waiting": "5",
    "expires": "Wednesday 12 May 2027",
    "manage_url": "https://linden.example/book/manage/sample",
    "panel_url": "https://linden.example/panel/appointments/42",
    "link_url": "https://linden.example/choose-password/sample",
}


def check(template: str, allowed: Iterable[str], field: str) -> str:
    """Return the template if it knows only these placeholders. Raises RuleBroken."""
    known = tuple(allowed)
    for name in placeholders(template):
        if name not in known:
            raise RuleBroken(f"There is no placeholder %{name}%.{_suggestion(name, known)}", field)
    return template


def placeholders(template: str) -> list[str]:
    """Return the names between percent signs, in order."""
    return PLACEHOLDER.findall(template)


def fill(template: str, values: Mapping[str, str]) -> str:
    """Put values in place of placeholders; an unknown one stays as it stands.

    A line is left out where all its values are empty: "Phone: %customer_phone%" says
    nothing without a number.
    """
    lines = (_line(line, values) for line in template.splitlines())
    return "\n".join(line for line in lines if line is not None).strip()


def title(template: str, values: Mapping[str, str]) -> str:
    """Fill a title: one line, without control characters, as long as Outlook keeps it."""
    return one_line(fill(template, values))


def inert(text: str, *, address: bool = False) -> str:
    """Return what a stranger typed as one line that no mail makes a link or a fact of.

    It reads as before: what parts it cannot be seen. The dots of an `address` stay whole, so
    that it can be answered.
    """
    lines = (" ".join(line.split()) for line in text.splitlines())
    signs = _SIGNS if address else _SIGNS_AND_HOSTS
    return signs.sub("\\g<0>\u200b", " / ".join(line for line in lines if line))


def _line(line: str, values: Mapping[str, str]) -> str | None:
    names = [name for name in placeholders(line) if name in values]
    if names and not any(values[name].strip() for name in names):
        return None
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), line).rstrip()


def _suggestion(name: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    if near:
        return f" Did you mean %{near[0]}%?"
    return f" You can use {', '.join(f'%{one}%' for one in known)}."
