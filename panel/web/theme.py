"""Light or dark, as each login likes it."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from panel.services import signing_in
from panel.web.addresses import home, local
from panel.web.session import me

theme = Blueprint("theme", __name__)


@theme.post("/theme")
def choose() -> ResponseReturnValue:
    """Keep the choice and lead back to the page it was made on."""
    signing_in.choose_theme(me().user_id, request.form.get("theme", ""))
    return redirect(local(request.form.get("back")) or home(me()))
