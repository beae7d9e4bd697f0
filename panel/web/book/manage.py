"""One's own booking behind its link: look at it, keep it in one's calendar, move it, cancel it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from panel.domain.errors import NotThere, RuleBroken
from panel.services import mail_server, manage_links, managing
from panel.services.manage_links import Managed
from panel.services.managing import Visit
from panel.web.book.choice import Choice, chosen
from panel.web.book.month import Month, month_of
from panel.web.book.shop import VisitorForm, let_frame, open_shop, shop_window
from panel.web.book.times import horizon
from panel.web.security import csrf
from panel.web.session import now
from panel.web.words import wall

book_manage = Blueprint("book_manage", __name__, url_prefix="/book/manage/<token>")
book_manage.after_request(let_frame)
# The link is the key: whoever has it may do this, and a frame is sent no cookie.
csrf.exempt(book_manage)


@book_manage.get("/")
def show(token: str) -> ResponseReturnValue:
    """Show the booking; right after booking with the news that it is one."""
    if _link(token).subject == "attendance":
        return redirect(url_for("book_attending.show", token=token))
    seen = _seen(token)
    mailed = mail_server.is_set_up(current_app.extensions["panel"].mail)
    shown = {"seen": seen, "mailed": mailed, "new": request.args.get("new", "")}
    return render_template("book/manage/show.html", token=token, **shown, **shop_window())


@book_manage.get("/visit.ics")
def entry(token: str) -> ResponseReturnValue:
    """Hand the visit out as a file that every calendar takes in."""
    file = managing.calendar_file(_seen(token).booking.id, now=now())
    answer = Response(file, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'attachment; filename="visit.ics"'
    return answer


@book_manage.route("/cancel", methods=["GET", "POST"])
def cancel(token: str) -> ResponseReturnValue:
    """Ask, and cancel: only by POST, so that whatever opens links in mails changes nothing."""
    seen, form = _seen(token), VisitorForm()
    if not seen.is_open:
        return redirect(url_for(".show", token=token))
    if form.sent(lambda: _cancelled(seen)):
        return redirect(url_for(".show", token=token, new="cancelled"))
    return render_template(
        "book/manage/cancel.html", seen=seen, token=token, form=form, **shop_window()
    )


@book_manage.route("/move", methods=["GET", "POST"])
def move(token: str) -> ResponseReturnValue:
    """Choose another time, and move there by POST."""
    seen, form = _seen(token), VisitorForm()
    if not seen.is_open:
        return redirect(url_for(".show", token=token))
    choice, month = _month(seen, token)
    if moved := form.sent(lambda: _moved(seen, choice)):
        secret = current_app.config["SECRET_KEY"]
        link = manage_links.sign("booking", moved, secret=secret)
        return redirect(url_for(".show", token=link, new="moved"))
    shown = {"seen": seen, "choice": choice, "month": month}
    return render_template(
        "book/manage/move.html", token=token, form=form, **shown, **shop_window()
    )


def _seen(token: str) -> Visit:
    """Return what the link is for, and speak in the zone in which it was booked."""
    link = _link(token)
    if link.subject != "booking":
        raise NotThere(manage_links.GONE)
    seen = managing.visit(link.id, now=now())
    open_shop(seen.booking.zone)
    return seen


def _link(token: str) -> Managed:
    return manage_links.read(token, secret=current_app.config["SECRET_KEY"], now=now())


def _cancelled(seen: Visit) -> bool:
    managing.cancel(seen.booking.id, now=now())
    return True


def _moved(seen: Visit, choice: Choice) -> int:
    if choice.starts is None:
        raise RuleBroken("Choose another time.")
    outside = current_app.extensions["panel"].outside
    return managing.move(seen.booking.id, choice.starts, outside=outside)


def _month(seen: Visit, token: str) -> tuple[Choice, Month | None]:
    """What is free with the same employee; the time that is given up counts as free."""
    one, shop = seen.appointment, open_shop(seen.booking.zone)
    choice = replace(chosen(one.service_id), employee=one.employee_id, persons=seen.booking.persons)
    # One thinks from the day that one has.
    choice = replace(choice, month=choice.month or wall(one.starts).date().replace(day=1))

    if seen.move_until is None:
        return choice, None

    def address(**changes: Any) -> str:
        here = replace(choice, **changes)
        month = f"{here.month:%Y-%m}" if here.month else None
        return url_for(".move", token=token, month=month, day=here.day, at=here.at)

    month = month_of(
        choice,
        address,
        horizon=horizon(shop, one.service.horizon_days),
        first_weekday=shop.first_weekday,
        slot=managing.slot_of(seen, one.starts),
    )
    return choice, month
