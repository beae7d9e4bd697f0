"""`make run`: one command starts panel and sandbox, one key ends both."""

import os
import re
import signal
import subprocess
import sys

import pytest
import requests

from tests.house.source import HOUSE
from tests.support.servers import free_port

READY = "Ctrl-C ends both"


class Run:
    """What `make run` starts once its environment is there."""

    def __init__(self, folder):
        self.panel, self.sandbox, self.smtp = free_port(), free_port(), free_port()
        self.env = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DATA_DIR": str(folder),
            "PORT": str(self.panel),
            "SANDBOX_PORT": str(self.sandbox),
            "SANDBOX_SMTP_PORT": str(self.smtp),
        }
        self.process = None

    def start(self):
        command = [sys.executable, ".ci/start.py", "run"]
        out = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        self.process = subprocess.Popen(command, cwd=HOUSE, env=self.env, **out)
        return self

    def until_ready(self):
        said = ""
        for line in self.process.stdout:
            said += line
            if READY in line:
                return said
        raise AssertionError(said)

    def end(self, number=signal.SIGINT):
        if self.process is None:
            return "", None
        self.process.send_signal(number)
        said, _ = self.process.communicate(timeout=240)
        return said, self.process.returncode

    def flask(self, *words):
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
        done = subprocess.run(command, cwd=HOUSE, env=self.env, capture_output=True, text=True)
        return done.stdout + done.stderr

    def answers(self, port):
        try:
            return requests.get(f"http://127.0.0.1:{port}/", timeout=60).ok
        except requests.ConnectionError:
            return False


@pytest.fixture
def run(tmp_path):
    run = Run(tmp_path)
    yield run
    if run.process and run.process.poll() is None:
        run.end(signal.SIGTERM)


def test_it_says_where_to_go_and_who_one_is(run):
    said = run.start().until_ready()
    assert f"http://127.0.0.1:{run.panel}\n" in said
    assert f"http://127.0.0.1:{run.sandbox}/sandbox/\n" in said
    assert "owner@panel.test" in said
    assert run.answers(run.panel)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_nothing_is_left_running(run, number):
    run.start().until_ready()
    said, code = run.end(number)
    assert (said.strip().endswith("Stopped."), code) == (True, 0)
    assert not run.answers(run.panel)
    assert not run.answers(run.sandbox)


def test_a_second_start_keeps_what_is_there(run):
    run.start().until_ready()
    run.end()
    run.flask("create-owner", "--name", "R", "--email", "r@panel.test", "--password", "long word")
    run.start().until_ready()
    said = run.flask("reset-password", "r@panel.test", "--password", "other word")
    assert said == "r@panel.test has a new password, and is signed out everywhere.\n"


def test_its_mails_arrive_in_the_sandbox(run):
    run.start().until_ready()
    owner = requests.Session()
    where = f"http://127.0.0.1:{run.panel}"
    page = owner.get(f"{where}/sign-in", timeout=60).text
    known = {"email": "owner@panel.test", "password": "demo", "csrf_token": token(page)}
    owner.post(f"{where}/sign-in", known, timeout=60)
    page = owner.get(f"{where}/admin/settings/notifications", timeout=60).text
    sent = {"csrf_token": token(page)}
    owner.post(f"{where}/admin/settings/notifications/test", sent, timeout=60)
    inbox = requests.get(f"http://127.0.0.1:{run.sandbox}/sandbox/mail.json", timeout=60).json()
    assert "A test" in [one["subject"] for one in inbox["value"]]


def token(page):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]


def test_a_port_in_use_is_said_in_a_sentence(run):
    run.env["SANDBOX_PORT"] = run.env["PORT"]
    run.start()
    said, _ = run.process.communicate(timeout=240)
    assert "give them different numbers" in said
