"""One customer's data: handed out, or erased. Only for the owner."""

from __future__ import annotations

import json

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from panel.services import erasing, personal_data
from panel.web.session import by, now

backend_customer_data = Blueprint(
    "backend_customer_data", __name__, url_prefix="/admin/customers/<int:customer_id>"
)


@backend_customer_data.get("/data")
def export(customer_id: int) -> ResponseReturnValue:
    """Hand out all that is kept about somebody, as JSON."""
    found = personal_data.of(customer_id, by=by())
    text = json.dumps(found, ensure_ascii=False, indent=2)
    file = Response(text, mimetype="application/json")
    file.headers["Content-Disposition"] = f'attachment; filename="customer-{customer_id}.json"'
    return file


@backend_customer_data.route("/erase", methods=["GET", "POST"])
def erase(customer_id: int) -> ResponseReturnValue:
    """Name what will happen, then erase."""
    ahead = erasing.ahead(customer_id, by=by(), now=now())
    if request.method == "POST":
        erasing.erase(customer_id, by=by(), now=now())
        flash(f"{ahead.customer.name} is erased.", "toast")
        return redirect(url_for("backend_customers.index"))
    return render_template("backend/customer_data/erase.html", ahead=ahead)
