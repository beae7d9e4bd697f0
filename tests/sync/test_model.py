"""Everything that can happen, at once: in the end the two sides agree, and no stranger changed.

The same few histories at every run; VIOLENCE=500 draws 500 that nobody has seen before. Single
ones, short and readable, are in test_histories.
"""

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.model import Model

FRESH = int(os.environ.get("VIOLENCE", "0"))
# Nothing here is quick, and the machine makes its own world each time.
MANY = settings(
    max_examples=FRESH or 5, stateful_step_count=25, derandomize=not FRESH, database=None,
    deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate],
)  # fmt: skip


def test_both_sides_agree_in_the_end(house, sandbox):
    run_state_machine_as_test(lambda: Model(house, sandbox), settings=MANY)
