"""The real panel as a process: gunicorn, clockwork and all."""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import requests
from flask import cli as flask
from gunicorn.app import wsgiapp

from tests.house.source import HOUSE
from tests.support.settings import environment

# Seconds. Only what hangs is given up: a machine may be very busy.
PATIENCE = 240
# Every panel is a fork of one process that has imported it: that takes longer than to start it.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(
    ["gunicorn.workers.gthread", "panel.jobs.timetable", "psycopg", "tests.support.warm"]
)


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PanelServer:
    """A running panel with its data in a folder. `more` are further environment variables."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = environment(folder, PORT=str(self.port), **more)
        self._log = folder / f"panel-{self.port}.log"
        self._process: multiprocessing.process.BaseProcess | None = None

    def start(self) -> "PanelServer":
        how = ["-w", "1", "-k", "gthread", "--threads", "8", "--no-control-socket"]
        bind = ["-b", f"127.0.0.1:{self.port}", "--graceful-timeout", "2"]
        self._process = FORKS.Process(
            target=serve, args=([*how, *bind, "wsgi:app"], self.env, self._log), daemon=True
        )
        self._process.start()
        self._wait()
        return self

    def kill(self) -> None:
        """End it as a power cut would, if it runs."""
        self.end(signal.SIGKILL)

    def health(self) -> dict[str, str]:
        return requests.get(f"{self.url}/healthz", timeout=5).json()

    @property
    def pid(self) -> int:
        """The process that was started: gunicorn's master."""
        assert self._process is not None and self._process.pid is not None
        return self._process.pid

    def leads(self) -> bool:
        """Say whether this server's clockwork is the one that does the jobs."""
        return "This process leads the clockwork." in self.log()

    def log(self) -> str:
        return self._log.read_text()

    def flask(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run one of the keeper's commands beside it."""
        folder = self._log.parent
        said, wrong, given = (folder / f"flask-{name}" for name in ("said", "wrong", "given"))
        given.write_text(typed)
        process = FORKS.Process(
            target=command, args=(words, self.env, given, said, wrong), daemon=True
        )
        process.start()
        process.join(PATIENCE)
        process.kill()
        process.join()
        code = process.exitcode or 0
        return subprocess.CompletedProcess(words, code, said.read_text(), wrong.read_text())

    def end(self, number: signal.Signals) -> int | None:
        """Send the signal; return the code with which the server ended."""
        if self._process is None:
            return None
        os.killpg(self.pid, number)
        self._process.join(10)
        if self._process.is_alive():
            os.killpg(self.pid, signal.SIGKILL)
            self._process.join()
        code, self._process = self._process.exitcode, None
        return code

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self._process is not None
            assert self._process.is_alive(), self.log()
            try:
                if requests.get(f"{self.url}/healthz", timeout=60).status_code == 200:
                    return
            except requests.RequestException:
                pass
            time.sleep(0.05)
        raise AssertionError(f"the panel did not answer: {self.log()}")


def serve(words: list[str], env: dict[str, str], log: Path) -> None:
    """Be gunicorn, in a process that was forked for it."""
    os.setsid()
    _settle_in(env, said=log, wrong=log)
    Thread(target=_end_with_tests, daemon=True).start()
    sys.argv = ["gunicorn", *words]
    wsgiapp.run()


def command(words: tuple[str, ...], env: dict[str, str], given: Path, *outputs: Path) -> None:
    """Be one of the keeper's commands, in a process that was forked for it."""
    said, wrong = outputs
    _settle_in(env, said=said, wrong=wrong)
    sys.stdin = given.open()
    sys.argv = ["flask", "--app", "wsgi", *words]
    flask.main()


def _settle_in(env: dict[str, str], *, said: Path, wrong: Path) -> None:
    """Stand in the house, with this environment, and write to these files."""
    os.chdir(HOUSE)
    os.environ.update(env)
    for stream, file in ((1, said), (2, wrong)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND), stream)


def _end_with_tests() -> None:
    """Let nothing run on after tests that were broken off."""
    tests = multiprocessing.parent_process()
    assert tests is not None
    tests.join()
    os.killpg(0, signal.SIGKILL)
