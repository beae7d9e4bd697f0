"""The public pages of an event: choose a date and how many places, say who comes, be booked."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from panel.domain.attendance import MOST_PLACES, Answer, counted
from panel.domain.moments import zone_names
from panel.services import attending, box_office, manage_links
from panel.services.attending import Request
from panel.services.box_office import Seats, Shown
from panel.services.visitors import Caller
from panel.web.book.details import DetailsForm
from panel.web.book.shop import EVENT_STEPS, let_frame, open_shop, shop_window
from panel.web.security import csrf
from panel.web.session import now
from panel.web.words import day_time, plural
from panel.web.words import zone as visitors_zone

book_events = Blueprint("book_events", __name__, url_prefix="/book/events")
book_events.after_request(let_frame)
# Nobody is signed in here, and a frame on another site is sent no cookie to compare with.
csrf.exempt(book_events)
# So many other dates are offered at once where the chosen one has become full.
OTHERS = 3


@dataclass(frozen=True)
class Choice:
    """What a visitor has chosen so far: an event, a date of it by its id, how many places, the
    zone that they named, and whether (1) they want to wait. Kept in the address alone."""

    event_id: int
    date: int | None = None
    places: int = 1
    zone: str = ""
    waits: int = 0

    def to(self, endpoint: str, **changes: Any) -> str:
        """Return the address of a page with this choice, or with some of it changed."""
        chosen = asdict(replace(self, **changes))
        return url_for(endpoint, **{name: value for name, value in chosen.items() if value})


@book_events.get("/<int:event_id>")
def show(event_id: int) -> ResponseReturnValue:
    """Show the event and its dates; choosing sends a form, so that it needs no script."""
    choice = chosen(event_id)
    opened = box_office.opened(event_id, now=now())
    words = {one.id: places_words(one) for one in opened.seats}
    shown = {"opened": opened, "choice": choice, "words": words}
    zones = {"zones": zone_names(), "zone": g.zone}
    return render_template("book/events/show.html", **shown, **zones, **shop_window(EVENT_STEPS))


@book_events.route("/<int:event_id>/details", methods=["GET", "POST"])
def details(event_id: int) -> ResponseReturnValue:
    """Ask who comes, and book. Places that have gone meanwhile are said, and what then."""
    choice, form = chosen(event_id), DetailsForm()
    if token := form.sent(lambda: _book(form, choice)):
        return redirect(url_for("book_attending.show", token=token, new=1))
    opened = box_office.opened(event_id, now=now())
    seats = opened.at(choice.date)
    if seats is None:
        return redirect(choice.to("book_events.show", date=None))
    shown = {"opened": opened, "choice": choice, "seats": seats, "form": form}
    shown |= {"ways": ways(opened, choice), "refusal": refusal(seats, choice.places)}
    page = render_template("book/events/details.html", **shown, **shop_window(EVENT_STEPS))
    return page, 429 if form.wait else 200


def chosen(event_id: int) -> Choice:
    """Read it from the address; what makes no sense there counts as not chosen."""
    zone = request.args.get("zone", "")
    open_shop(zone)
    places = min(_number("places") or 1, MOST_PLACES)
    return Choice(event_id, _number("date"), places, zone, _number("waits") or 0)


def places_words(seats: Seats) -> str:
    """Say what is left at one date: 3 places left"""
    said = seats.answer()
    if said is Answer.NOT_YET and seats.opens_at:
        return f"Booking opens on {day_time(seats.opens_at)}"
    words = {
        Answer.BOOK: f"{plural(seats.free, 'place')} left",
        Answer.WAIT: "Full, with a waiting list",
        Answer.FULL: "Full",
    }
    return words.get(said, str(said.value).rstrip("."))


def ways(opened: Shown, choice: Choice) -> list[tuple[str, str]]:
    """What can be done now, each with the address to which the form is sent that does it.

    Where the places have gone: to wait for them, fewer of them, or another date.
    """
    seats = opened.at(choice.date)
    assert seats is not None
    said, fewer = seats.answer(choice.places), min(seats.free, opened.event.most_places)
    if said is Answer.BOOK:
        return [_way(choice, seats)]
    found = []
    if said is Answer.WAIT:
        found.append(("Join the waiting list", choice.to("book_events.details", waits=1)))
    if fewer and fewer < choice.places and seats.answer(fewer) is Answer.BOOK:
        found.append(_way(replace(choice, places=fewer), seats))
    others = [one for one in opened.seats if one.answer(choice.places) is Answer.BOOK]
    return found + [_way(choice, one) for one in others[:OTHERS]]


def _way(choice: Choice, seats: Seats) -> tuple[str, str]:
    """Book 2 places for Wed 9 Dec, 18:00"""
    when = day_time(seats.dates[0].starts) if seats.occurrence else "all dates"
    href = choice.to("book_events.details", date=seats.id, waits=0)
    return f"Book {counted(choice.places)} for {when}", href


def refusal(seats: Seats, places: int) -> str:
    """Say why so many places cannot be booked now, or nothing where they can."""
    said = seats.answer(places)
    if said is Answer.BOOK:
        return ""
    if said is Answer.TOO_MANY:
        return f"One booking takes at most {counted(seats.gathering.event.most_places)}."
    if said in (Answer.WAIT, Answer.FULL) and seats.free:
        return f"Only {counted(seats.free)} left."
    if said in (Answer.WAIT, Answer.FULL):
        return "All places are taken."
    return f"{places_words(seats)}."


def _book(form: DetailsForm, choice: Choice) -> str:
    """Book it; return the link to it. Nobody waits who was not asked whether they want to."""
    form.let_through()
    wish = Request(
        choice.event_id,
        choice.date,
        choice.places,
        Caller(form.name.data, form.email.data, form.phone.data or ""),
        form.note.data or "",
        form.form_key.data,
        visitors_zone(),
        waits=bool(choice.waits),
    )
    made = attending.book(wish, now=now())
    return manage_links.sign("attendance", made.id, secret=current_app.config["SECRET_KEY"])


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None
