"""Templates compiled once for the whole test process, instead of once for every application."""

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache


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
