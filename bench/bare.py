"""A bare Flask page with a login and 50 rows: what a page of Panel is compared with."""

from __future__ import annotations

import sqlite3
from typing import Any

from flask import Flask, redirect
from flask_login import LoginManager, UserMixin, login_required, login_user

PAGE = """<!doctype html><html lang="en"><head><title>Rows</title></head><body><h1>Rows</h1>
<table>{% for row in rows %}<tr><td>{{ row[0] }}</td><td>{{ row[1] }}</td><td>{{ row[2] }}</td>
<td>{{ row[3] }}</td></tr>{% endfor %}</table></body></html>"""

app = Flask(__name__)
app.secret_key = "only measured"
logins = LoginManager(app)
# Compiled once, as a template from a file would be.
template = app.jinja_env.from_string(PAGE)
rows = sqlite3.connect(":memory:", check_same_thread=False)
rows.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, name TEXT, starts TEXT, state TEXT)")
rows.executemany(
    "INSERT INTO rows VALUES (?, ?, ?, ?)",
    [(n, f"Customer {n}", f"2026-11-24T{n % 24:02}:00", "approved") for n in range(50)],
)


class User(UserMixin):
    """The one login."""

    id = "1"


@logins.user_loader
def load(user_id: str) -> User:
    return User()


@app.get("/in")
def enter() -> Any:
    login_user(User())
    return redirect("/")


@app.get("/")
@login_required
def show() -> str:
    found = rows.execute("SELECT id, name, starts, state FROM rows").fetchall()
    return template.render(rows=found)


@app.get("/healthz")
def healthy() -> str:
    return "ok"
