"""Whatever happens in whatever order: in the end the two sides agree, and no stranger changed.

VIOLENCE=500 makes it 500 histories that nobody has seen before, instead of the same few.
"""

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.model import Model

FRESH = int(os.environ.get("VIOLENCE", "0"))
# What is common to both: nothing here is quick, and the machine makes its own world each time.
COMMON = settings(
    deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate], database=None
)
FEW = settings(COMMON, max_examples=7, stateful_step_count=14, derandomize=True)
MANY = settings(COMMON, max_examples=FRESH or 1, stateful_step_count=25, derandomize=False)


def test_both_sides_agree_in_the_end(house, sandbox):
    run_state_machine_as_test(lambda: Model(house, sandbox), settings=MANY if FRESH else FEW)
