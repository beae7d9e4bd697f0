"""The photo of an employee."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired

from panel.services import employees, photos, pictures
from panel.web.forms import Form
from panel.web.session import by, now

backend_photos = Blueprint(
    "backend_photos", __name__, url_prefix="/admin/employees/<int:employee_id>/photo"
)


class PhotoForm(Form):
    """One picture."""

    photo = FileField("Choose a picture", [FileRequired("Choose a picture first.")])

    def save(self, employee_id: int) -> bool:
        """Keep the picture. One byte more than fits is enough to know that it does not."""
        content = self.photo.data.read(pictures.MOST_BYTES + 1)
        photos.set_photo(employee_id, content, by=by(), now=now())
        return True


@backend_photos.route("/", methods=["GET", "POST"])
def show(employee_id: int) -> ResponseReturnValue:
    """Show the photo, and take another."""
    by().must_be_in_back_end()
    form = PhotoForm()
    if form.sent(lambda: form.save(employee_id)):
        flash("Saved.", "toast")
        return redirect(url_for("backend_employees.edit", employee_id=employee_id))
    employee = employees.one(employee_id, by=by())
    photo = pictures.digest_of(employee.photo_id)
    return render_template("backend/photos/show.html", form=form, employee=employee, photo=photo)


@backend_photos.post("/remove")
def remove(employee_id: int) -> ResponseReturnValue:
    """Show the initials alone."""
    photos.set_photo(employee_id, None, by=by(), now=now())
    flash("The photo is gone.", "toast")
    return redirect(url_for("backend_employees.edit", employee_id=employee_id))
