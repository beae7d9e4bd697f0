"""The first public page: what can be booked."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from panel.domain.moments import zone_names
from panel.services import box_office, storefront
from panel.web.book.choice import Choice
from panel.web.book.shop import let_frame, open_shop, shop_window
from panel.web.session import now

book_front = Blueprint("book_front", __name__, url_prefix="/book")
book_front.after_request(let_frame)


@book_front.get("/")
def index() -> ResponseReturnValue:
    """List services and events, or one employee's services where the address names one."""
    asked = request.args.get("zone", "")
    open_shop(asked)
    text = request.args.get("employee", "")
    employee = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None
    shelves = storefront.shelves(employee)
    every = [one for shelf in shelves for one in shelf.services]
    if employee and len(every) == 1:
        return redirect(Choice(every[0].id, employee=employee, zone=asked).to())
    links = {one.id: Choice(one.id, employee=employee, zone=asked).to() for one in every}
    # Whoever came for one employee is not led elsewhere.
    events = [] if employee else box_office.bookable(now=now())
    shown = {"shelves": shelves, "links": links, "events": events, "asked": asked}
    shown |= {"zones": zone_names(), "zone": g.zone}
    return render_template("book/front/index.html", **shown, **shop_window())
