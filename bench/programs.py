"""The real programs, started for a measurement and ended after it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

HOUSE = Path(__file__).resolve().parent.parent
SERVER = ["-w", "1", "-k", "gthread", "--threads", "8", "--no-control-socket"]
# Seconds. Only what hangs is given up: a machine may be very busy.
PATIENCE = 240


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def sandbox(data: Path | None = None) -> Iterator[str]:
    """The stand-in for Microsoft, with what a data file remembers; gives its address."""
    command = [sys.executable, "-m", "sandbox", "--port", "0"]
    command += ["--data", str(data)] if data else []
    process = subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        for line in process.stdout:
            if found := re.match(r"sandbox: (http\S+)", line):
                yield found[1]
                break
        else:
            raise RuntimeError("The sandbox ended before it answered.")
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def served(module: str, folder: Path, env: dict[str, str], probe: str) -> Iterator[str]:
    """A WSGI application behind the server that Panel itself uses; gives its address."""
    port = int(env.get("PORT") or free_port())
    command = [sys.executable, "-m", "gunicorn", *SERVER, "-b", f"127.0.0.1:{port}", module]
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=HOUSE, env={**os.environ, **env}, stdout=log, stderr=log
        )
    try:
        _wait(f"http://127.0.0.1:{port}{probe}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


class Killable:
    """Panel as two worker processes of one server, which may be killed at any instant."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self.url = f"http://127.0.0.1:{env['PORT']}"
        self.log = folder / "server.log"
        self._env = {**os.environ, **env}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        bind = ["-b", self.url.removeprefix("http://"), "-w", "2", *SERVER[2:]]
        command = [sys.executable, "-m", "gunicorn", *bind, "wsgi:app"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=HOUSE, env=self._env, stdout=log, stderr=log, start_new_session=True
            )
        _wait(f"{self.url}/healthz", self._process)

    def kill(self) -> None:
        """End every process of it as a power cut would."""
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def flask(self, *words: str) -> str:
        """Run one of the keeper's commands; give what it printed."""
        told = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
        return subprocess.run(
            told, cwd=HOUSE, env=self._env, check=True, stdout=subprocess.PIPE, text=True
        ).stdout


@contextmanager
def panel(
    microsoft: str, *, poll_seconds: int = 2, folder: Path | None = None, **settings: str
) -> Iterator[str]:
    """Panel with its demo data in a folder of its own, beside the sandbox; gives its address.

    `settings` are further ones of its environment.
    """
    with tempfile.TemporaryDirectory() as name:
        place = folder or Path(name)
        env = {
            "DATA_DIR": str(place),
            "PORT": str(free_port()),
            "LOGIN_URL": microsoft,
            "GRAPH_URL": microsoft,
            "POLL_SECONDS": str(poll_seconds),
            "RATE_LIMITS": "off",
            **settings,
        }
        for command in ("upgrade", "demo"):
            told = [sys.executable, "-m", "flask", "--app", "wsgi", command]
            subprocess.run(
                told, cwd=HOUSE, env={**os.environ, **env}, check=True, stdout=subprocess.DEVNULL
            )
        with served("wsgi:app", place, env, "/healthz") as url:
            yield url


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            if requests.get(url, timeout=5).ok:
                return
        except requests.RequestException:
            pass
        time.sleep(0.05)
    raise RuntimeError(f"{url} did not answer.")
