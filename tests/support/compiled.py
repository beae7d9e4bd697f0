"""Templates and addresses compiled once for the whole test process, not for every application."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule


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


def share(app: Flask) -> Flask:
    """Let this application use what others have compiled."""
    app.jinja_env.bytecode_cache = REMEMBERED
    return app


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
