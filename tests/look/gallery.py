"""A tiny application that shows every part with the studio of the pictures.

Run `python -m tests.look.gallery` and open the address it prints.
"""

from pathlib import Path

from flask import Flask, flash, redirect, render_template, request, session
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader
from werkzeug.wrappers import Response

from panel.web import drawn
from tests.look import cards, forms, samples, week

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PANEL_PAGES = ("today", "profile", "cards", "parts", "week", "day", "conflict", "disconnect")
BACKEND_PAGES = ("employees", "integrations", "connect", "setup", "general", "health", "customers")


def create_gallery() -> Flask:
    """Build the gallery over the real templates and static files."""
    app = Flask("gallery", template_folder=ROOT / "templates", static_folder=ROOT / "static")
    app.config.update(SECRET_KEY="gallery", WTF_CSRF_TIME_LIMIT=None)
    loaders = [FileSystemLoader(ROOT / "templates"), FileSystemLoader(HERE / "pages")]
    app.jinja_loader = ChoiceLoader(loaders)
    CSRFProtect(app)
    drawn.init_app(app)
    app.add_template_filter("{:02}:00".format, "on_the_hour")
    app.context_processor(_everywhere)
    app.after_request(_strictly)
    app.add_url_rule("/", "index", _index)
    app.add_url_rule("/sign-in", "sign_in", _sign_in, methods=["GET", "POST"])
    app.add_url_rule("/forgotten-password", "forgotten", _sign_in)
    app.add_url_rule("/theme", "theme.choose", _choose_theme, methods=["POST"])
    app.add_url_rule("/sign-out", "auth.sign_out", _sign_out, methods=["POST"])
    app.add_url_rule("/<page>", "page", _page, methods=["GET", "POST"])
    app.add_url_rule("/card/<state>", "card", _card)
    app.add_url_rule("/sorry/<world>", "sorry", _sorry)
    return app


def _everywhere() -> dict[str, object]:
    return {
        "business": "Linden Studio",
        "theme": request.args.get("theme", session.get("theme", "")),
        "test_mode": request.args.get("test_mode", ""),
        "home": "/",
    }


def _strictly(response: Response) -> Response:
    """The policy that every page of Panel is served under."""
    response.headers["Content-Security-Policy"] = "default-src 'self'"
    return response


def _index() -> str:
    pages = ("sign-in", *PANEL_PAGES, *BACKEND_PAGES)
    return render_template("index.html", pages=pages)


def _page(page: str) -> str | tuple[str, int]:
    if page not in PANEL_PAGES + BACKEND_PAGES:
        return "There is no such page.", 404
    nav, me = (
        (samples.PANEL, samples.ANNA) if page in PANEL_PAGES else (samples.BACKEND, samples.RUTH)
    )
    around = samples.around(nav, me, request.path)
    given = {
        "cards": cards.ALL,
        "form": forms.Parts(request.form or None),
        "samples": samples,
        "week": week,
    }
    if request.method == "POST":
        given["form"].validate()
    return render_template(f"{page}.html", **{**given, **around})


def _sign_in() -> str:
    form = forms.SignIn(data={"email": "anna@panel.test", "remember": True})
    return render_template("auth/sign_in.html", form=form, forgotten="/profile", booking="/profile")


def _card(state: str) -> str:
    return render_template("card.html", card=cards.ALL[state])


def _sorry(world: str) -> str:
    flash(("Moved to 15:30. Oliver Penn has been told.", "/parts"), "toast")
    flash(("Not connected.", "You did not approve the access."), "act")
    page = "errors/sorry.html" if world == "plain" else f"errors/sorry_{world}.html"
    nav, me = (
        (samples.BACKEND, samples.RUTH) if world == "backend" else (samples.PANEL, samples.ANNA)
    )
    words = (
        "Your change was not saved. Nothing was sent to Outlook or to a customer. "
        "Go back and try once more."
    )
    given = {"title": "Something went wrong here", "words": words, "back": "/parts"}
    told = {"number": "7F3A-20C1", "owner": "Ruth Linden"}
    return render_template(page, **given, **told, **samples.around(nav, me, ""))


def _choose_theme() -> Response:
    session["theme"] = request.form["theme"]
    return redirect(request.form["back"])


def _sign_out() -> Response:
    session.clear()
    return redirect("/sign-in")


if __name__ == "__main__":
    create_gallery().run(port=0)
