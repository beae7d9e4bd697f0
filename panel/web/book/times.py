"""The second public page: with whom, on which day, at what time."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from panel.domain.moments import zone_names
from panel.services import storefront
from panel.services.company import Company
from panel.services.storefront import Offered
from panel.web.book.choice import Choice, chosen
from panel.web.book.month import month_of
from panel.web.book.shop import let_frame, open_shop, shop_window
from panel.web.words import today

book_times = Blueprint("book_times", __name__, url_prefix="/book")
book_times.after_request(let_frame)


@book_times.get("/<int:service_id>")
def show(service_id: int) -> ResponseReturnValue:
    """Show the month with its free times; every choice is a link, so that it needs no script."""
    offered = storefront.offered(service_id)
    choice, shop = chosen_here(service_id)
    last = horizon(shop, offered.service.horizon_days)
    month = month_of(choice, choice.to, horizon=last, first_weekday=shop.first_weekday)
    shown = {"offered": offered, "choice": choice, "month": month, "zone": g.zone}
    shown |= {"people": people(offered, choice), "zones": zone_names()}
    return render_template("book/times/show.html", **shown, **shop_window())


def chosen_here(service_id: int) -> tuple[Choice, Company]:
    """Return what is chosen so far, read in the visitor's zone, and the business."""
    shop = open_shop(_zone_asked())
    return chosen(service_id), shop


def horizon(shop: Company, own: int | None) -> date:
    """The last day on which something can be free; a service may have its `own` horizon."""
    return today() + timedelta(days=(shop.horizon_days if own is None else own) + 1)


def people(offered: Offered, choice: Choice) -> list[tuple[str, str, bool]]:
    """Anyone and each who gives the service: words, address, whether chosen. None for one alone."""
    if len(offered.employees) < 2:
        return []
    anyone = ("Anyone", choice.to(employee=None, day=None, at=None), choice.employee is None)
    return [anyone] + [
        (one.name, choice.to(employee=one.id, day=None, at=None), choice.employee == one.id)
        for one in offered.employees
    ]


def _zone_asked() -> str:
    return request.args.get("zone", "")
