"""R15: APScheduler syncs both ways, in the same process."""

import subprocess

from tests.requirements.outlook import until
from tests.requirements.people import THE_DAY


def children(pid):
    """The processes that this one has started."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True)
    pairs = (line.split() for line in listed.stdout.splitlines())
    return [int(child) for child, parent in pairs if int(parent) == pid]


def test_one_process_serves_the_pages_and_does_the_sync(linked, outlook, panel):
    (worker,) = children(panel.pid)
    assert children(worker) == []
    assert panel.health() == {"database": "ok", "clockwork": "ok"}
    assert panel.leads()
    assert outlook.entries()


def test_it_goes_both_ways_without_anybody_asking(linked, outlook):
    linked.book("09:00")
    until(lambda: outlook.at("09:00"))
    outlook.block("10:30", "11:30")
    linked.finds(THE_DAY, "10:30–11:30")


def test_it_syncs_again_after_a_power_cut(linked, outlook, panel):
    linked.book("09:00")
    panel.kill()
    panel.start()
    assert until(lambda: outlook.at("09:00"))
