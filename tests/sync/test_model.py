"""Everything that can happen, at once: in the end the two sides agree, and no stranger changed.

Only with VIOLENCE=500, which draws 500 histories that nobody has seen before: it still finds
histories that do not come to rest. What is sure is in test_histories.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.model import Model

FRESH = int(os.environ.get("VIOLENCE", "0"))
# Nothing here is quick, and the machine makes its own world each time.
MANY = settings(
    max_examples=FRESH or 1, stateful_step_count=25, derandomize=False, database=None,
    deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate],
)  # fmt: skip


@pytest.mark.skipif(not FRESH, reason="VIOLENCE says how many histories to draw")
def test_both_sides_agree_in_the_end(house, sandbox):
    run_state_machine_as_test(lambda: Model(house, sandbox), settings=MANY)
