"""What every panel of the tests would work out for itself, worked out before it is forked."""

from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy.orm import configure_mappers

from panel import create_app
from tests.support.settings import settings


class Remembered(BytecodeCache):
    """Compiled templates in memory, by their source."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()


def warm() -> None:
    """Compile every template, and tie the tables together."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Remembered()}
    configure_mappers()
    with TemporaryDirectory() as folder:
        environment = create_app(settings(Path(folder))).jinja_env
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)


# The process that forks imports this once; nobody else does.
warm()
