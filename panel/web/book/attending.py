"""One's own places at an event behind their link: look, cancel, take what is offered or not."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from panel.domain.errors import NotThere
from panel.services import attending, mail_server, manage_links
from panel.services.attending import Attended
from panel.web.book.shop import EVENT_STEPS, VisitorForm, let_frame, open_shop, shop_window
from panel.web.security import csrf
from panel.web.session import now

book_attending = Blueprint("book_attending", __name__, url_prefix="/book/manage/<token>/places")
book_attending.after_request(let_frame)
# The link is the key: whoever has it may do this, and a frame is sent no cookie.
csrf.exempt(book_attending)


@book_attending.get("/")
def show(token: str) -> ResponseReturnValue:
    """Show the places; right after a change with the news of it."""
    return _page(token)


@book_attending.get("/places.ics")
def entry(token: str) -> ResponseReturnValue:
    """Hand the dates out as a file that every calendar takes in."""
    file = attending.calendar_file(_seen(token).row.id, now=now())
    answer = Response(file, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'attachment; filename="places.ics"'
    return answer


@book_attending.route("/cancel", methods=["GET", "POST"])
def cancel(token: str) -> ResponseReturnValue:
    """Ask, and cancel: only by POST, so that whatever opens links in mails changes nothing."""
    seen, form = _seen(token), VisitorForm()
    if form.sent(lambda: attending.cancel(seen.row.id, now=now())):
        return redirect(url_for(".show", token=token, new="cancelled"))
    shown = {"seen": seen, "token": token}
    return render_template("book/attending/cancel.html", **shown, **shop_window(EVENT_STEPS))


@book_attending.post("/accept")
def accept(token: str) -> ResponseReturnValue:
    """Take the places that are kept."""
    return _answer(token, attending.accept, "1")


@book_attending.post("/decline")
def decline(token: str) -> ResponseReturnValue:
    """Let the places that are kept go on to the next."""
    return _answer(token, attending.decline, "cancelled")


def _seen(token: str) -> Attended:
    """Return what the link is for, and speak in the zone in which it was booked."""
    link = manage_links.read(token, secret=current_app.config["SECRET_KEY"], now=now())
    if link.subject != "attendance":
        raise NotThere(manage_links.GONE)
    seen = attending.attended(link.id, now=now())
    open_shop(seen.row.zone)
    return seen


def _answer(token: str, deed: Callable[..., object], news: str) -> ResponseReturnValue:
    """Do it and show what came of it; a refusal stands on the page itself, as a frame keeps
    no cookie that could carry it further."""
    seen = _seen(token)
    if VisitorForm().sent(lambda: deed(seen.row.id, now=now())):
        return redirect(url_for(".show", token=token, new=news))
    return _page(token)


def _page(token: str) -> str:
    mailed = mail_server.is_set_up(current_app.extensions["panel"].mail)
    shown = {"seen": _seen(token), "token": token, "mailed": mailed}
    news = request.args.get("new", "")
    return render_template(
        "book/attending/show.html", new=news, **shown, **shop_window(EVENT_STEPS)
    )
