"""The clock turns in one process, and does its jobs there."""

import threading

import pytest

from panel.db.base import fresh
from panel.db.questions import Heartbeat
from panel.jobs.clockwork import Clockwork, Job
from panel.services.leadership import leadership

PATIENCE = 90


@pytest.fixture
def build(app):
    """Builds clockworks of this panel, and brings them to rest in the end."""
    built = []

    def build(*jobs, see_to=lambda mailbox_id: None):
        built.append(Clockwork(app, jobs, see_to))
        return built[-1]

    yield build
    for one in built:
        one.stop()


def test_it_beats_as_soon_as_it_starts(build, house):
    build().start()
    fresh()
    assert house.extensions["sqlalchemy"].session.get(Heartbeat, "clockwork") is not None


def test_it_does_its_jobs_again_and_again(build):
    done = threading.Semaphore(0)
    build(Job("count", 0.05, done.release)).start()
    assert all(done.acquire(timeout=PATIENCE) for _ in range(3))


def test_it_sees_to_the_mailboxes_that_a_job_returns(build):
    seen = threading.Event()
    build(Job("sweep", 3600, lambda: [7]), see_to=lambda one: one == 7 and seen.set()).start()
    assert seen.wait(PATIENCE)


def test_what_comes_first_is_done_before_anything_else(build):
    order, last = [], threading.Event()

    def sweep():
        order.append("sweep")
        last.set()

    first = Job("instance", 3600, lambda: order.append("instance"), first=True)
    build(Job("sweep", 3600, sweep), first).start()
    assert last.wait(PATIENCE)
    assert order[0] == "instance"


def test_a_waking_needs_no_tick(build):
    seen = threading.Event()
    clockwork = build(see_to=lambda one: seen.set())
    clockwork.start()
    clockwork.wake(7)
    assert seen.wait(PATIENCE)


def test_a_second_process_does_no_jobs(build, house):
    taken = leadership(house.config["DATA_DIR"])
    assert taken.held()
    done = threading.Event()
    second = build(Job("count", 0.05, done.set))
    second.start()
    second.wake(1)
    assert not done.wait(0.3)
    taken.give_up()


def test_a_broken_job_is_tried_again(build, caplog):
    tried = threading.Semaphore(0)

    def fail():
        tried.release()
        raise RuntimeError("a bad day")

    build(Job("fail", 0.05, fail)).start()
    assert all(tried.acquire(timeout=PATIENCE) for _ in range(2))
    assert "a bad day" in caplog.text
