"""The guards of the sync: each with the text that holds it, and the tests that hold the text."""

from bench.guards import holding, reading, writing
from bench.guards.guard import Guard

GUARDS: tuple[Guard, ...] = (*writing.GUARDS, *reading.GUARDS, *holding.GUARDS)
