"""The real panel as a process: gunicorn, clockwork and all."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests

from tests.house.source import HOUSE
from tests.support.settings import environment

# Seconds. Only what hangs is given up: a machine may be very busy.
PATIENCE = 240


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
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "PanelServer":
        how = ["-w", "1", "-k", "gthread", "--threads", "8", "--no-control-socket"]
        bind = ["-b", f"127.0.0.1:{self.port}", "--graceful-timeout", "2"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", *how, *bind, "wsgi:app"],
                cwd=HOUSE,
                env={**os.environ, **self.env},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()
        return self

    def stop(self) -> None:
        """End it as a keeper would."""
        self.end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.end(signal.SIGKILL)

    def health(self) -> dict[str, str]:
        return requests.get(f"{self.url}/healthz", timeout=5).json()

    @property
    def pid(self) -> int:
        """The process that was started: gunicorn's master."""
        assert self._process is not None
        return self._process.pid

    def leads(self) -> bool:
        """Say whether this server's clockwork is the one that does the jobs."""
        return "This process leads the clockwork." in self.log()

    def log(self) -> str:
        return self._log.read_text()

    def flask(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run one of the keeper's commands beside it."""
        return subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *words],
            cwd=HOUSE,
            env={**os.environ, **self.env},
            input=typed,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def end(self, number: signal.Signals) -> int | None:
        """Send the signal; return the code with which the server ended."""
        if self._process is None:
            return None
        os.killpg(self._process.pid, number)
        try:
            code = self._process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            code = self._process.wait()
        self._process = None
        return code

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self._process is not None
            assert self._process.poll() is None, self.log()
            try:
                if requests.get(f"{self.url}/healthz", timeout=60).status_code == 200:
                    return
            except requests.RequestException:
                pass
            time.sleep(0.05)
        raise AssertionError(f"the panel did not answer: {self.log()}")
