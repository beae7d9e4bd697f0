"""A bare Flask page with a login and 50 rows: what a page of Panel is compared with.

The same stack, used as its manuals show it: Flask-Login finds the user and
Flask-SQLAlchemy the rows, both in an SQLite file; Jinja renders a template with a base.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, redirect, render_template
from flask_login import LoginManager, UserMixin, login_required, login_user
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.wrappers import Response

ROWS = 50


class Base(DeclarativeBase):
    """What the two tables share."""


db = SQLAlchemy(model_class=Base)
logins = LoginManager()


class User(UserMixin, db.Model):  # type: ignore[name-defined, misc]
    """The one login."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Row(db.Model):  # type: ignore[name-defined, misc]
    """One of the rows that the page shows."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    starts: Mapped[datetime]
    state: Mapped[str]


@logins.user_loader
def load(user_id: str) -> User | None:
    return db.session.get(User, int(user_id))


def create_app(database: str) -> Flask:
    """Build the application, with its rows in the SQLite file of this name."""
    app = Flask(__name__)
    app.secret_key = "only measured"
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{database}"
    db.init_app(app)
    logins.init_app(app)
    with app.app_context():
        db.create_all()
        _fill()
    app.add_url_rule("/", view_func=show)
    app.add_url_rule("/in", view_func=enter)
    app.add_url_rule("/healthz", view_func=healthy)
    return app


def _fill() -> None:
    first = datetime(2026, 11, 24, 9, tzinfo=UTC)
    db.session.add(User(name="Anna"))
    for n in range(ROWS):
        starts = first + timedelta(hours=n)
        db.session.add(Row(name=f"Customer {n}", starts=starts, state="approved"))
    db.session.commit()


@login_required
def show() -> str:
    return render_template("rows.html", rows=db.session.scalars(select(Row)).all())


def enter() -> Response | Any:
    login_user(db.session.get_one(User, 1))
    return redirect("/")


def healthy() -> str:
    return "ok"
