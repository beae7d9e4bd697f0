"""The photo of an employee."""

from io import BytesIO

import pytest

from tests.support.images import picture


@pytest.fixture
def page(studio):
    return f"/admin/employees/{studio.ben.id}/photo"


def upload(visitor, page, content):
    visitor.get(page)
    return visitor.post(page, {"photo": (BytesIO(content), "ben.png")})


def photos(page):
    return [tag for tag in page.all("img") if tag.attrs["alt"] == "Ben Ode"]


def test_a_photo_is_shown_on_the_employees_page(owner, page):
    (shown,) = photos(upload(owner, page, picture()))
    assert owner.get(shown.attrs["src"]).status == 200


def test_another_takes_its_place_and_none_is_left(owner, page):
    (first,) = photos(upload(owner, page, picture()))
    upload(owner, page, picture(size=(30, 30)))
    assert owner.get(first.attrs["src"]).status == 404


def test_a_photo_can_be_taken_away(owner, page):
    upload(owner, page, picture())
    owner.get(page)
    assert photos(owner.submit("Remove photo")) == []


@pytest.mark.parametrize(
    "content, said",
    [(b"<svg/>", "SVG files cannot be used"), (b"hello", "not a picture")],
)
def test_what_is_no_photo_is_said_at_its_field(owner, page, content, said):
    assert said in upload(owner, page, content).text


def test_no_file_is_no_photo(owner, page):
    owner.get(page)
    assert "Choose a picture first." in owner.post(page, {}).text


def test_the_back_end_alone_sets_it(visitor, studio):
    visitor.enter("anna@panel.test")
    own = f"/admin/employees/{studio.anna.id}/photo"
    assert visitor.get(own).status == 403
    visitor.get(f"/admin/employees/{studio.anna.id}")
    assert visitor.post(f"{own}/remove").status == 403
