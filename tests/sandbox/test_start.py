"""Starting the sandbox: what it says when it cannot."""

import subprocess
import sys

import pytest

from tests.sandbox_process import ROOT, Started


def start(*options):
    command = [sys.executable, "-m", "sandbox", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240)


@pytest.fixture
def started():
    started = Started()
    yield started
    started.end()


def test_it_says_that_its_port_is_taken(started):
    refused = start("--port", started.url.rpartition(":")[2])
    assert refused.returncode == 1
    assert refused.stderr.startswith("The sandbox cannot start: ")
    assert "Traceback" not in refused.stderr


def test_it_says_that_a_file_is_not_its_own(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Anna, " * 1000)
    refused = start("--port", "0", "--data", str(tmp_path / "letter.txt"))
    assert refused.returncode == 1
    assert "is no data file of the sandbox" in refused.stderr
    assert "Traceback" not in refused.stderr
