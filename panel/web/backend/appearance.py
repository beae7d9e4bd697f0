"""Settings, Appearance: logo and colour, and the booking page inside other sites."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired
from markupsafe import escape
from wtforms import ColorField, TextAreaField
from wtforms.validators import Optional

from panel.domain.accent import colour, in_dark, in_light
from panel.domain.errors import RuleBroken
from panel.services import appearance
from panel.services.appearance import PETROL, Appearance
from panel.services.pictures import MOST_BYTES
from panel.web.forms import Form
from panel.web.session import by, now

backend_appearance = Blueprint(
    "backend_appearance", __name__, url_prefix="/admin/settings/appearance"
)


class AppearanceForm(Form):
    """Colour, and who may show the booking page."""

    accent = ColorField("Your colour", [Optional()])
    embed_origins = TextAreaField("Sites that may show the booking page", [Optional()])

    def save(self) -> bool:
        """Keep what was typed."""
        typed = {"accent": self.accent.data or "", "embed_origins": self.embed_origins.data or ""}
        appearance.edit(**typed, by=by())
        return True


class LogoForm(Form):
    """One picture."""

    logo = FileField("Choose a picture", [FileRequired("Choose a picture first.")])

    def save(self) -> bool:
        """Keep the picture. One byte more than fits is enough to know that it does not."""
        appearance.set_logo(self.logo.data.read(MOST_BYTES + 1), by=by(), now=now())
        return True


@backend_appearance.route("/", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """Show and change colour and sites."""
    known = appearance.shown()
    form = AppearanceForm(data=_as_shown(known))
    if form.sent(form.save):
        flash("Saved.", "toast")
        return redirect(url_for(".show"))
    return _page(known, form, LogoForm(formdata=None))


@backend_appearance.post("/logo")
def logo() -> ResponseReturnValue:
    """Show another logo."""
    form = LogoForm()
    if form.sent(form.save):
        flash("Saved.", "toast")
        return redirect(url_for(".show"))
    known = appearance.shown()
    return _page(known, AppearanceForm(formdata=None, data=_as_shown(known)), form)


@backend_appearance.post("/logo/remove")
def remove_logo() -> ResponseReturnValue:
    """Show the name alone."""
    appearance.set_logo(None, by=by(), now=now())
    flash("The logo is gone.", "toast")
    return redirect(url_for(".show"))


@backend_appearance.post("/preview")
def preview() -> ResponseReturnValue:
    """The preview alone, as it changes while one chooses."""
    known = appearance.shown()
    typed = request.form.get("accent", "")
    return render_template("backend/appearance/preview.html", **_preview(known, typed))


def _page(known: Appearance, form: AppearanceForm, logo_form: LogoForm) -> str:
    return render_template(
        "backend/appearance/show.html",
        form=form,
        logo_form=logo_form,
        snippet=_snippet(known.name),
        **_preview(known, form.accent.data or ""),
    )


def _preview(known: Appearance, typed: str) -> dict[str, Any]:
    """What the preview is drawn from; a colour that is none shows ours."""
    try:
        accent = colour(typed)
    except RuleBroken:
        accent = ""
    shades = (in_light(accent or PETROL).fill, in_dark(accent or PETROL).fill)
    return {"known": known, "accent": "" if accent == PETROL else accent, "shades": shades}


def _as_shown(known: Appearance) -> dict[str, str]:
    """As a form shows it: a site on each line."""
    return {
        "accent": known.accent or PETROL,
        "embed_origins": "\n".join(known.embed_origins.split()),
    }


def _snippet(name: str) -> str:
    """Return what another site puts into its page to show ours."""
    address = f"{current_app.config['PUBLIC_URL']}/book"
    title = escape(f"Book at {name}")
    return f'<iframe src="{address}" title="{title}" width="100%" height="900"></iframe>'
