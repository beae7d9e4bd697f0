"""The business's own colour as a style sheet."""

import pytest

from panel.domain.accent import in_dark, in_light
from panel.web.colours import colours_address


@pytest.fixture
def sheet(app):
    answer = app.test_client().get("/colours/ffd400.css")
    yield answer
    answer.close()


def test_it_holds_both_themes(sheet):
    light, dark = in_light("#ffd400").fill, in_dark("#ffd400").fill
    assert f"--accent: light-dark({light}, {dark});" in sheet.text
    assert sheet.mimetype == "text/css"


def test_it_may_be_kept(sheet):
    assert sheet.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_another_colour_has_another_address(app):
    with app.test_request_context():
        found = {colours_address(one) for one in ("#ffd400", "#ffd401")}
    assert len({address.split("v=")[1] for address in found}) == 2


def test_what_is_no_colour_is_not_found(app):
    assert app.test_client().get("/colours/ffffxx.css").status_code == 404
