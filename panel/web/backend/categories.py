"""Categories: the headings under which services stand."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import InputRequired

from panel.services import categories
from panel.web.forms import Form
from panel.web.session import by

backend_categories = Blueprint(
    "backend_categories", __name__, url_prefix="/admin/services/categories"
)


class CategoryForm(Form):
    """What a category is called."""

    name = StringField("Name", [InputRequired("Give the category a name.")])


@backend_categories.route("/", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """List them, and add one."""
    form = CategoryForm()
    if made := form.sent(lambda: categories.create(form.name.data, by=by())):
        flash(f"{made.name} is added. Give it services on their pages.", "toast")
        return redirect(url_for(".index"))
    return render_template("backend/categories/index.html", form=form, rows=categories.listed())


@backend_categories.route("/<int:category_id>", methods=["GET", "POST"])
def edit(category_id: int) -> ResponseReturnValue:
    """Give one another name."""
    category = categories.one(category_id)
    form = CategoryForm(data={"name": category.name})
    if form.sent(lambda: categories.rename(category_id, form.name.data, by=by())):
        flash("Saved.", "toast")
        return redirect(url_for(".index"))
    return render_template("backend/categories/edit.html", form=form, category=category)


@backend_categories.post("/<int:category_id>/<any(up, down):way>")
def move(category_id: int, way: str) -> ResponseReturnValue:
    """Put one above or below its neighbour."""
    categories.move(category_id, up=way == "up", by=by())
    return redirect(url_for(".index", _anchor=f"category-{category_id}"))


@backend_categories.route("/<int:category_id>/delete", methods=["GET", "POST"])
def delete(category_id: int) -> ResponseReturnValue:
    """Ask once more, then remove one."""
    if request.method == "POST":
        name = categories.delete(category_id, by=by())
        flash(f"{name} is removed. Its services stay.", "toast")
        return redirect(url_for(".index"))
    category = categories.one(category_id)
    return render_template("backend/categories/delete.html", category=category)
