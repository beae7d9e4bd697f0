"""Refusals and faults, as pages that say what to do."""

import pytest
from sqlalchemy import text

from panel.db.base import writing
from panel.domain.errors import AlreadyChanged, PanelError
from tests import make


@pytest.fixture
def owner(house, visitor):
    make.company(name="Linden Studio")
    make.user(email="owner@panel.test")
    return visitor


def test_it_says_where_nothing_is(owner):
    owner.enter("owner@panel.test")
    page = owner.get("/panel/nowhere")
    assert (page.status, page.heading) == (404, "Nothing is here")


def test_a_stranger_sees_no_places(owner):
    page = owner.get("/nowhere")
    assert page.status == 404 and "Sign out" not in page.text


def test_a_fault_has_a_number_and_says_what_did_not_happen(app, owner, caplog):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.view_functions["profile.show"] = lambda: 1 / 0
    owner.enter("owner@panel.test")
    page = owner.get("/panel/profile")
    assert (page.status, page.heading) == (500, "Something went wrong here")
    assert page.all("code")[0].text in caplog.text


def test_the_log_of_a_fault_holds_no_key(app, owner, caplog):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.view_functions["choose_password.show"] = lambda key: 1 / 0
    assert owner.get("/choose-password/secret-key").status == 500
    assert "ZeroDivisionError" in caplog.text and "/choose-password/<key>" in caplog.text
    assert "secret-key" not in caplog.text


@pytest.mark.parametrize("error, status", [(AlreadyChanged, 409), (PanelError, 400)])
def test_every_refusal_has_its_own_words(app, owner, error, status):
    def refuse():
        raise error("Somebody was faster.")

    app.view_functions["profile.show"] = refuse
    owner.enter("owner@panel.test")
    page = owner.get("/panel/profile")
    assert page.status == status and "Somebody was faster." in page.text


def test_it_takes_no_more_than_four_megabytes(owner):
    owner.enter("owner@panel.test")
    page = owner.post("/theme", {"theme": "x" * (4 * 1024 * 1024 + 1)})
    assert page.status == 413 and "Nothing was saved." in page.text


def test_a_forged_form_is_not_obeyed(owner):
    owner.enter("owner@panel.test")
    page = owner.open("/theme", method="POST", data={"theme": "dark"})
    assert "Please send it again." in page.text
    assert 'data-bs-theme="dark"' not in page.html


def test_a_fault_of_the_database_itself_is_a_page_too(app, owner):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    owner.enter("owner@panel.test")
    with app.app_context(), writing() as session:
        session.execute(text("ALTER TABLE employees RENAME TO gone"))
    try:
        page = owner.get("/panel/profile")
    finally:
        # On PostgreSQL the next test has the same database.
        with app.app_context(), writing() as session:
            session.execute(text("ALTER TABLE gone RENAME TO employees"))
    assert (page.status, page.heading) == (500, "Something went wrong here")
