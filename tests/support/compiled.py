"""Templates, addresses and statements compiled once for the whole test process.

Every test has an application of its own, and each would compile them anew.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine
from werkzeug.routing import Rule

from panel.db.base import db


class Remembered(BytecodeCache):
    """Compiled templates in memory, by their source."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()


REMEMBERED = Remembered()
_FIRST: dict[str, Engine] = {}


def share(app: Flask) -> Flask:
    """Let this application use what others have compiled."""
    app.jinja_env.bytecode_cache = REMEMBERED
    with app.app_context():
        _share_statements(db.engine)
    return app


def _share_statements(engine: Engine) -> None:
    """Let engines of one kind of database share a dialect, and what was compiled for it."""
    if engine.dialect.name not in _FIRST:
        engine.connect().close()
    first = _FIRST.setdefault(engine.dialect.name, engine)
    engine.dialect = engine.pool._dialect = first.dialect
    engine._compiled_cache = first._compiled_cache


def share_addresses() -> None:
    """Let equal rules share the function that builds their address.

    It is bound to its rule only after it is made, so that equal text makes equal functions;
    making them is four fifths of the time that an application needs to come up.
    """
    compile_builder = Rule._compile_builder
    known: dict[tuple[Any, ...], Callable[..., tuple[str, str]]] = {}

    def remembered(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        of = (rule.rule, rule.subdomain, rule.host, repr(rule.defaults), append_unknown)
        if of not in known:
            known[of] = compile_builder(rule, append_unknown)
        return known[of]

    Rule._compile_builder = remembered  # type: ignore[method-assign]
