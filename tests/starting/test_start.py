"""The parts of `make run`: ports, programs that die, and farewells."""

import importlib.util
import socket
import subprocess
import sys

import pytest

from tests.house.source import HOUSE


@pytest.fixture
def start():
    spec = importlib.util.spec_from_file_location("start", HOUSE / ".ci" / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def program(text):
    return subprocess.Popen([sys.executable, "-c", text], start_new_session=True)


def test_a_port_in_use_comes_with_a_cure(start):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(start.Stop, match=rf"Port {port} cannot be used .* PORT="):
            start.free("PORT", port)


@pytest.mark.parametrize("value", ["http", "0", "65536", "-1"])
def test_a_port_is_a_number(start, monkeypatch, value):
    monkeypatch.setenv("PORT", value)
    with pytest.raises(start.Stop, match="give a number from 1 to 65535"):
        start.port_of("PORT", 8000)


def test_a_program_that_dies_is_named(start):
    died = program("raise SystemExit(3)")
    died.wait()
    with pytest.raises(start.Stop, match=r"The sandbox ended by itself \(code 3\)"):
        start.look([("The sandbox", died)])


def test_every_program_is_ended_also_a_stubborn_one(start, monkeypatch):
    monkeypatch.setattr(start, "FAREWELL", 0.2)
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(99)"
    both = [("A", program(stubborn)), ("B", program("import time; time.sleep(99)"))]
    start.end(both)
    assert all(one.poll() is not None for _, one in both)


def test_a_data_folder_that_cannot_be_is_said(start, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / "below"))
    with pytest.raises(start.Stop, match="DATA_DIR .* cannot be made"):
        start.data_dir()
