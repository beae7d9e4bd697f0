"""The third public page: who comes, and what they were asked; sending it books."""

from __future__ import annotations

import secrets

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import (
    EmailField,
    HiddenField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from panel.domain.errors import RuleBroken, SlotTaken, TooOften
from panel.domain.open_hours import minute_of
from panel.domain.words import address
from panel.services import manage_links, storefront, visitors
from panel.services.choosing import Slot
from panel.services.storefront import Offered
from panel.services.visitors import Request
from panel.web.book.choice import Choice
from panel.web.book.shop import VisitorForm, let_frame, shop_window
from panel.web.book.times import chosen_here
from panel.web.question_fields import Asking, asking
from panel.web.security import csrf
from panel.web.session import now
from panel.web.words import clock, day
from panel.web.words import zone as visitors_zone

book_details = Blueprint("book_details", __name__, url_prefix="/book")
book_details.after_request(let_frame)
# Nobody is signed in here, and a frame on another site is sent no cookie to compare with.
csrf.exempt(book_details)


class DetailsForm(VisitorForm, Asking):
    """Who comes. `website` is for machines, which fill in everything that they find."""

    name = StringField("Name", [InputRequired("Type your name."), Length(max=120)])
    email = EmailField("Email", [InputRequired("Type your address.")])
    phone = TelField("Phone", [Optional(), Length(max=40)])
    note = TextAreaField("Anything we should know", [Optional(), Length(max=2000)])
    website = StringField("Leave this empty")
    form_key = HiddenField(validators=[Length(max=43)])

    gone: SlotTaken | None = None
    wait = False

    def __init__(self) -> None:
        super().__init__()
        if not self.form_key.data:
            self.form_key.data = secrets.token_urlsafe(32)

    def let_through(self) -> None:
        """Stop machines, and whoever books too often. Raises RuleBroken."""
        if self.website.data:
            raise RuleBroken("This was not sent. Leave the last field empty.")
        address(self.email.data)
        if not current_app.config.get("RATE_LIMITS", True):
            return
        try:
            visitors.count_attempt(request.remote_addr or "", now=now())
        except TooOften as wait:
            self.wait = True
            raise RuleBroken(str(wait)) from wait


@book_details.route("/<int:service_id>/details", methods=["GET", "POST"])
def new(service_id: int) -> ResponseReturnValue:
    """Ask who comes, and book. A time that has gone meanwhile is said with what is free next."""
    offered = storefront.offered(service_id)
    choice, _ = chosen_here(service_id)
    if choice.starts is None:
        return redirect(choice.to(at=None))
    form = asking(DetailsForm, service_id, offered.questions, needed=True)()
    if token := form.sent(lambda: _book(form, offered, choice)):
        return redirect(url_for("book_manage.show", token=token, new=1))
    shown = {"offered": offered, "choice": choice, "following": _following(form, choice)}
    page = render_template("book/details/new.html", form=form, **shown, **shop_window())
    return page, 429 if form.wait else 200


def _book(form: DetailsForm, offered: Offered, choice: Choice) -> str:
    """Book it; return the link to it, or nothing where the time has gone."""
    form.let_through()
    outside = current_app.extensions["panel"].outside
    try:
        made = visitors.book(_request(form, offered, choice), outside=outside)
    except SlotTaken as gone:
        form.gone = gone
        return ""
    secret = current_app.config["SECRET_KEY"]
    return manage_links.sign(
        "booking", visitors.booking_of(made, form.form_key.data), secret=secret
    )


def _request(form: DetailsForm, offered: Offered, choice: Choice) -> Request:
    assert choice.starts is not None
    slot = Slot(
        offered.service.id, choice.starts, choice.employee, choice.persons, zone=visitors_zone()
    )
    return Request(
        slot,
        form.name.data,
        form.email.data,
        form.phone.data or "",
        form.note.data or "",
        form.answers(all_needed=True),
        form.form_key.data,
    )


def _following(form: DetailsForm, choice: Choice) -> list[tuple[str, str]]:
    """The next free times, each with the address to which the same form books it."""
    if form.gone is None:
        return []
    return [
        (f"{day(one)}, {clock(one)}", choice.to("book_details.new", at=minute_of(one)))
        for one in form.gone.following
    ]
