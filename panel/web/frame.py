"""What stands around every page: the business, the places, the person."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from flask import Flask, current_app, g, request

from panel.domain.people import PERMISSIONS, Actor
from panel.services.signing_in import Person
from panel.services.standing import NOTHING, Standing
from panel.web import kept
from panel.web.addresses import address, home
from panel.web.session import around, is_for_programs, someone
from panel.web.words import plural

PANEL = (
    ("today.show", "sun", "Today"),
    ("calendar.show", "calendar-week", "Calendar"),
    ("appointments.index", "card-list", "Appointments"),
    ("events.index", "people", "Events"),
    ("profile.show", "person", "My Profile"),
)
BACK_END = (
    ("backend_overview.show", "house", "Overview", ""),
    ("backend_sync.show", "arrow-left-right", "Sync health", ""),
    ("backend_appointments.index", "card-list", "Appointments", "Bookings"),
    ("backend_events.index", "people", "Events", "Bookings"),
    ("backend_customers.index", "person-vcard", "Customers", "Bookings"),
    ("backend_employees.index", "person-badge", "Employees", "Business"),
    ("backend_services.index", "tags", "Services", "Business"),
    ("backend_settings.show", "gear", "Settings", "Business"),
    ("backend_journal.index", "journal-text", "Journal", "Business"),
)
# The places of a phone's bottom bar, in its order; all others stand under More.
ON_PHONES = ("Overview", "Appointments", "Employees", "Sync health")
FILLED = {"calendar-week", "people", "person", "sun", "house", "person-vcard", "person-badge"}
FILLED |= {"tags", "gear"}
# So many ways in which somebody saw the navigation from somewhere are remembered.
KEPT = 1000


class Place(NamedTuple):
    """One line of the navigation."""

    href: str
    icon: str
    words: str
    current: bool
    group: str = ""
    phone: int = 0
    count: int = 0
    count_words: str = ""
    tone: str = "ask"


class _See(NamedTuple):
    """All that the navigation depends on: where one is, and what one may see there."""

    back_end: bool
    path: str
    role: str
    employee_id: int | None
    customers: bool
    questions: int
    duties: int


def init_app(app: Flask) -> None:
    """Hand the frame to every template, and read it once per page."""
    app.before_request(_read)
    app.context_processor(frame)
    # Its own for each application, whose places may differ.
    app.extensions["navigation"] = lru_cache(KEPT)(_places)


def in_back_end() -> bool:
    """Say whether this page belongs to the back end."""
    return request.path == "/admin" or request.path.startswith("/admin/")


def frame() -> dict[str, Any]:
    """Return what layouts/frame.html asks for."""
    known = standing_here()
    # A page of a fault says only what was known before it.
    person = someone() if "standing" in g else None
    return {
        "business": known.business,
        "me": person,
        "home": home(person),
        "theme": person.theme if person else None,
        "test_mode": current_app.config.get("TEST_MODE", False),
        "in_back_end": in_back_end(),
        "layout": f"layouts/{'backend' if in_back_end() else 'panel'}.html",
        "can": _can(person.actor) if person else {},
        "nav": _navigation(person, known) if person else (),
    }


@lru_cache
def _can(actor: Actor) -> dict[str, bool]:
    """Say which buttons make sense for this person; the services decide what is allowed."""
    return {name: actor.holds(name) for name in PERMISSIONS} | {
        "manage": actor.in_back_end,
        "own": actor.is_owner,
    }


def _read() -> None:
    if request.endpoint not in kept.ENDPOINTS and not is_for_programs():
        g.standing = around()


def standing_here() -> Standing:
    """Return what was read for this page; on a page of a fault, as if nobody had set anything."""
    return g.get("standing") or NOTHING


def _navigation(person: Person, known: Standing) -> tuple[Place, ...]:
    holds = person.actor.holds("customers")
    see = _See(
        in_back_end(), request.path, person.role, person.employee_id, holds,
        known.questions, known.duties,
    )  # fmt: skip
    found: tuple[Place, ...] = current_app.extensions["navigation"](see)
    return found


def _places(see: _See) -> tuple[Place, ...]:
    if not see.back_end:
        return tuple(_panel(see))
    if see.role == "employee":
        return (*_own_page(see), _to_panel(see))
    lines = [
        _place(see, endpoint, icon, words, group, phone=_order(words))
        for endpoint, icon, words, group in BACK_END
        if endpoint in current_app.view_functions and may_see(see.role, words)
    ]
    return (*lines, _to_panel(see))


def may_see(role: str, words: str) -> bool:
    """Say whether a place of the back end is open to an owner or a manager."""
    return role == "owner" or words != "Settings"


def _panel(see: _See) -> list[Place]:
    lines = [
        _place(see, endpoint, icon, words, phone=order)
        for order, (endpoint, icon, words) in enumerate(PANEL, 1)
        if endpoint in current_app.view_functions
    ]
    if see.role != "employee":
        lines.append(_place(see, "backend_overview.show", "house", "Back end"))
    elif see.customers:
        lines.insert(-1, _place(see, "customers.index", "person-vcard", "Customers"))
        # On a phone five places have room: these two then stand under More.
        lines[-1] = lines[-1]._replace(phone=0)
    return lines


def _order(words: str) -> int:
    return ON_PHONES.index(words) + 1 if words in ON_PHONES else 0


def _place(
    see: _See, endpoint: str, icon: str, words: str, group: str = "", *, phone: int = 0
) -> Place:
    href = address(endpoint)
    current = _holds(href, see.path)
    act = endpoint == "backend_sync.show"
    waiting = {"Appointments": see.questions, "Sync health": see.duties}.get(words, 0)
    what = "connection somebody must put right" if act else "question waiting for a decision"
    several = "connections somebody must put right" if act else "questions waiting for a decision"
    return Place(
        href=href,
        icon=f"{icon}-fill" if current and icon in FILLED else icon,
        words=words,
        current=current,
        group=group,
        phone=phone,
        count=waiting,
        count_words=plural(waiting, what, several) if waiting else "",
        tone="act" if act else "ask",
    )


def _holds(href: str, path: str) -> bool:
    """Say whether a page lies at or below a place; the first pages hold only themselves."""
    here, place = path.rstrip("/"), href.rstrip("/")
    if place in ("/panel", "/admin"):
        return here == place
    return here == place or here.startswith(f"{place}/")


def _own_page(see: _See) -> list[Place]:
    """The one page of the back end that an employee may open: their own, if they have one."""
    if see.employee_id is None:
        return []
    href = address("backend_employees.edit", employee_id=see.employee_id)
    return [Place(href, "person-badge-fill", "Your page", True, phone=1)]


def _to_panel(see: _See) -> Place:
    href = address("today.show") if see.employee_id else address("profile.show")
    words = "Panel" if see.employee_id else "My Profile"
    return Place(href, "arrow-left", words, False, phone=2 if see.role == "employee" else 0)
