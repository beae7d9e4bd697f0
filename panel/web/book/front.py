"""The first public page: what can be booked."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from panel.services import storefront
from panel.web.book.choice import Choice
from panel.web.book.shop import let_frame, open_shop, shop_window

book_front = Blueprint("book_front", __name__, url_prefix="/book")
book_front.after_request(let_frame)


@book_front.get("/")
def index() -> ResponseReturnValue:
    """List the services, with one employee where the address names one."""
    open_shop()
    text = request.args.get("employee", "")
    employee = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None
    shelves = storefront.shelves(employee)
    every = [one for shelf in shelves for one in shelf.services]
    if employee and len(every) == 1:
        return redirect(Choice(every[0].id, employee=employee).to())
    links = {one.id: Choice(one.id, employee=employee).to() for one in every}
    return render_template("book/front/index.html", shelves=shelves, links=links, **shop_window())
