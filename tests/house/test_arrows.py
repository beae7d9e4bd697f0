"""Rooms know only the rooms below them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.imports import Import, is_python, read_imports
from tests.house.source import ROOMS, module_of, python_files

FLASK = {
    "flask",
    "flask_login",
    "flask_wtf",
    "wtforms",
    "werkzeug",
    "markupsafe",
    "email_validator",
}

# What each room may import beside Python and itself.
MAY_IMPORT: dict[str, set[str]] = {
    "panel.domain": set(),
    "panel.db": {
        "panel.domain", "flask", "flask_sqlalchemy", "flask_migrate", "sqlalchemy", "alembic",
    },
    "panel.outlook": {
        "panel.domain", "requests", "requests_oauthlib", "oauthlib", "urllib3", "jwt", "tzlocal",
    },
    "panel.mail": {"panel.domain", "jinja2", "icalendar"},
    "panel.services": {
        "panel.domain", "panel.db", "panel.outlook", "panel.mail",
        "sqlalchemy", "cryptography", "werkzeug.security", "PIL",
        # Signs the links in mails, which must be read without a session or a row.
        "itsdangerous",
    },
    "panel.web": {"panel.services", "panel.domain", "itsdangerous", "jinja2"} | FLASK,
    # marshmallow reads and checks what programs send, apispec writes the document about it.
    "panel.api": {"panel.services", "panel.domain", "marshmallow", "apispec"} | FLASK,
    "panel.jobs": {"panel.services", "panel.domain", "flask", "apscheduler"},
    "panel.cli": {
        "panel.services", "panel.domain", "panel.db", "flask", "sqlalchemy", "alembic", "click",
    },
}  # fmt: skip
# The hallway sees every door; wsgi.py, the benches and the tests stand outside.
SEES_ALL = {"panel", "tests", "bench"}


def room_of(module: str) -> str:
    """Return the room a module stands in: `panel.web.profile` is in `panel.web`."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "panel" else parts[0]


def forbidden(module: str, text: str) -> list[str]:
    """Say what this module imports and may not."""
    room = room_of(module)
    return [
        f"{module}:{one.line} may not use {one.target}"
        for one in read_imports(text)
        if not allowed(room, one)
    ]


def allowed(room: str, one: Import) -> bool:
    if room_of(one.target) == "tests" or (one.package == "panel" and room == "sandbox"):
        return room == "tests"
    if is_python(one.package) or room in SEES_ALL or room_of(one.target) == room:
        return True
    if room == "sandbox":
        return one.package not in {"config", "wsgi", "bench"} | FLASK
    known = MAY_IMPORT.get(room, set())
    return bool(known & {one.package, room_of(one.target), one.module})


def misplaced(module: str, text: str) -> list[str]:
    """Say which imports are relative, hidden in a function or late in the module."""
    why = {"relative": "relative", "inside_function": "inside a function", "after_code": "late"}
    return [
        f"{module}:{one.line} imports {one.module or one.name} {said}"
        for one in read_imports(text)
        for kind, said in why.items()
        if getattr(one, kind)
    ]


def circle(needs: dict[str, set[str]]) -> set[str]:
    """Return the modules that wait for each other, or nothing."""
    waiting = dict(needs)
    while done := [name for name, wants in waiting.items() if not wants & waiting.keys()]:
        for name in done:
            del waiting[name]
    return set(waiting)


def everywhere(rule: Callable[[str, str], list[str]]) -> list[str]:
    """Say what breaks this rule in the whole house."""
    files = modules(*ROOMS).items()
    return [one for module, path in files for one in rule(module, path.read_text())]


def modules(*rooms: str) -> dict[str, Path]:
    return {module_of(path): path for path in python_files(*rooms)}


@pytest.mark.parametrize(
    "module, text, complaint",
    [
        ("panel.outlook.bad", "from flask import current_app", "may not use flask"),
        ("panel.domain.bad", "import sqlalchemy", "may not use sqlalchemy"),
        ("panel.web.bad", "from panel.db import engine", "may not use panel.db"),
        ("panel.services.bad", "from panel import web", "may not use panel.web"),
        ("panel.services.bad", "from werkzeug.local import Local", "may not use werkzeug.local"),
        ("sandbox.bad", "from panel.domain import errors", "may not use panel.domain.errors"),
        ("panel.bad", "from tests import make", "may not use tests"),
    ],
)
def test_it_finds_a_forbidden_import(module, text, complaint):
    assert complaint in forbidden(module, text)[0]


@pytest.mark.parametrize(
    "text, complaint",
    [
        ("from . import x", "relative"),
        ("def f():\n    import os", "inside a function"),
        ("def f():\n    pass\nimport os", "late"),
    ],
)
def test_it_finds_a_misplaced_import(text, complaint):
    assert misplaced("panel.bad", text)[0].endswith(complaint)


def test_it_finds_a_circle():
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == {"a", "b", "c"}


def test_all_follow_the_arrows():
    assert everywhere(forbidden) == []


def test_imports_are_absolute_and_at_the_top():
    assert everywhere(misplaced) == []


def test_no_modules_wait_for_each_other():
    files = modules("panel", "sandbox", "tests", "bench")
    needs = {
        module: {one.target for one in read_imports(path.read_text())} - {module}
        for module, path in files.items()
    }
    assert circle(needs) == set()


def test_rooms_form_no_circle():
    assert circle({room: set(may) for room, may in MAY_IMPORT.items()}) == set()
