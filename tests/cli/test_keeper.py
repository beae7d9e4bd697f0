"""What the keeper can say on the command line."""

import re

import pytest
from sqlalchemy import text

from panel import create_app
from panel.db.base import db
from tests import make
from tests.api.program import Program
from tests.support.databases import release
from tests.support.settings import settings


@pytest.fixture
def say(app):
    """Says a command, as in `flask --app wsgi …`."""
    runner = app.test_cli_runner()
    return lambda *words, typed="": runner.invoke(args=words, input=typed)


def test_it_adds_an_owner(say, visitor):
    words = ["create-owner", "--name", "Ruth Linden", "--email", "Ruth@panel.test"]
    done = say(*words, typed="correct horse\ncorrect horse\n")
    assert "Ruth Linden signs in as ruth@panel.test." in done.output


def test_it_refuses_a_short_password(say):
    done = say("create-owner", "--name", "R", "--email", "r@panel.test", "--password", "short")
    assert done.exit_code == 1
    assert done.output == "Error: Take at least 8 characters.\n"


def test_it_refuses_an_address_that_has_a_login(say, house):
    make.user(email="ruth@panel.test")
    words = ["--name", "R", "--email", "ruth@panel.test", "--password", "correct horse"]
    assert "has a login already" in say("create-owner", *words).output


def test_it_gives_a_new_password_and_ends_sessions(say, house):
    user = make.user(email="ruth@panel.test")
    done = say("reset-password", "Ruth@panel.test", "--password", "correct horse")
    assert done.output == "ruth@panel.test has a new password, and is signed out everywhere.\n"
    db.session.refresh(user)
    assert user.session_version == 2


def test_a_new_password_ends_the_wait_after_wrong_ones(say, visitor, house):
    make.user(email="ruth@panel.test")
    for _ in range(11):
        visitor.sign_in("ruth@panel.test", "wrong")
    say("reset-password", "ruth@panel.test", "--password", "correct horse")
    assert visitor.sign_in("ruth@panel.test", "correct horse").path == "/admin"


def test_it_says_where_a_login_is_switched_off(say, house):
    make.user(email="ruth@panel.test", active=False)
    done = say("reset-password", "ruth@panel.test", "--password", "correct horse")
    assert "This login is switched off." in done.output


def test_it_refuses_what_is_no_address(say):
    words = ["--name", "Ruth", "--email", "ruth", "--password", "correct horse"]
    assert "Error: Write the address like name@example.com." in say("create-owner", *words).output


def test_it_says_what_an_empty_database_needs(tmp_path):
    app = create_app(settings(tmp_path))
    words = ["--name", "Ruth", "--email", "r@panel.test", "--password", "correct horse"]
    done = app.test_cli_runner().invoke(args=["create-owner", *words])
    release(app)
    assert "Type  flask --app wsgi upgrade  first." in done.output


def test_it_knows_nobody_of_that_name(say):
    done = say("reset-password", "who@panel.test", "--password", "correct horse")
    assert done.output == "Error: Nobody signs in as who@panel.test.\n"


def test_it_prints_a_link_for_the_first_owner(say):
    found = re.search(r"http://127.0.0.1:8000/first-owner/\S{43}\n", say("first-owner").output)
    assert found


def test_it_prints_no_link_where_an_owner_is(say, house):
    make.user(role="owner")
    assert say("first-owner").output == ""


def test_it_copies_the_database_and_names_the_keys(say, house, tmp_path):
    done = say("backup", str(tmp_path / "copy"))
    if db.engine.dialect.name == "sqlite":
        assert (done.exit_code, "keep secret_key and token_keys" in done.output) == (
            0,
            True,
        )
    else:
        assert (done.exit_code, "pg_dump" in done.output) == (1, True)


def test_a_backup_that_was_not_made_is_no_success(say, tmp_path):
    done = say("backup", str(tmp_path / "nowhere" / "copy"))
    assert done.exit_code == 1


def test_it_prints_a_token_that_counts(say, app, house):
    printed = say("api-token", "Web site").output
    assert re.fullmatch(r"panel_\S{43}\n", printed)
    assert Program(app, printed.strip()).get("/customers").status_code == 200
    assert db.session.scalar(text("select who from journal")) == "the command line"


def test_a_token_needs_a_name(say):
    assert say("api-token", " ").output == "Error: Give the token a name.\n"


def test_an_upgrade_of_an_up_to_date_database_changes_nothing(say):
    assert say("upgrade").exit_code == 0


def revise(number):
    """Let the database say that it is of this revision; return what it said before."""
    with db.engine.begin() as connection:
        before = connection.scalar(text("SELECT version_num FROM alembic_version"))
        connection.execute(
            text("UPDATE alembic_version SET version_num = :number"), {"number": number}
        )
    return before


def test_it_refuses_a_database_that_is_newer(say, house):
    before = revise("9999")
    done = say("upgrade")
    revise(before)
    assert "made by a newer Panel (revision 9999)" in done.output
