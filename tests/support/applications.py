"""An application for every test: built once for the whole process, then copied.

To build one takes longer than most tests. A copy has its settings, its database and its guests
for itself; addresses, pages and templates are those of all.
"""

from collections.abc import Mapping
from copy import copy
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask

from panel import create_app, guests_of
from panel.db.base import init_app as init_database
from tests.support.settings import settings


def fresh(given: Mapping[str, Any]) -> Flask:
    """Return an application with these settings; all else is as tests.support.settings says."""
    app = copy(_built())
    app.config = copy(app.config)
    app.config.from_mapping(given)
    # What is added to an application during a test is not for the others.
    app.view_functions = dict(app.view_functions)
    app.extensions = {name: copy(one) for name, one in app.extensions.items()}
    app.extensions["panel"] = guests_of(given)
    app.teardown_appcontext_funcs = []
    del app.extensions["sqlalchemy"], app.config["SQLALCHEMY_ENGINE_OPTIONS"]
    init_database(app)
    return app


@cache
def _built() -> Flask:
    with TemporaryDirectory() as folder:
        return create_app(settings(Path(folder)))
