"""Mailboxes are worked on at once, each once at a time."""

import threading

import pytest

from panel.jobs.crew import Crew

PATIENCE = 90


@pytest.fixture
def gate():
    return threading.Event()


@pytest.fixture
def seen():
    return []


@pytest.fixture
def crew(gate, seen):
    def work(mailbox_id):
        seen.append(mailbox_id)
        gate.wait(PATIENCE)
        if mailbox_id == 13:
            raise RuntimeError("an unlucky mailbox")

    return Crew(work, threads=4)


def test_it_sees_to_whoever_is_woken(seen):
    begun = threading.Semaphore(0)
    crew = Crew(lambda one: (seen.append(one), begun.release()), threads=4)
    for mailbox_id in (1, 2):
        crew.wake(mailbox_id)
    begun.acquire()
    begun.acquire()
    crew.rest()
    assert sorted(seen) == [1, 2]


def test_it_remembers_one_waking_during_the_work_and_no_more(gate, seen):
    begun = threading.Semaphore(0)
    crew = Crew(lambda one: (seen.append(one), begun.release(), gate.wait(PATIENCE)), threads=4)
    crew.wake(1)
    begun.acquire()
    for _ in range(5):
        crew.wake(1)
    gate.set()
    begun.acquire()
    crew.rest()
    assert seen == [1, 1]


def test_it_never_works_twice_at_a_time_on_one_mailbox(gate, seen):
    busy, most = set(), []

    def work(mailbox_id):
        assert mailbox_id not in busy
        busy.add(mailbox_id)
        most.append(len(busy))
        busy.discard(mailbox_id)

    crew = Crew(work, threads=8)
    for number in range(400):
        crew.wake(number % 3)
    crew.rest()
    assert len(most) >= 3


def test_a_broken_mailbox_does_not_hold_up_the_others(crew, gate, seen, caplog):
    gate.set()
    crew.wake(13)
    crew.wake(1)
    crew.rest()
    assert sorted(seen) == [1, 13]
    assert "Mailbox 13 could not be seen to." in caplog.text


def test_it_takes_nothing_on_while_it_rests(crew, gate, seen):
    gate.set()
    crew.rest()
    crew.wake(1)
    assert seen == []


def test_whoever_is_woken_comes_before_whoever_is_swept(gate, seen):
    begun = threading.Semaphore(0)
    crew = Crew(lambda one: (seen.append(one), begun.release(), gate.wait(PATIENCE)), threads=1)
    crew.sweep([1, 2, 3])
    begun.acquire()
    crew.sweep([2, 3, 4, 1])
    crew.wake(3)
    gate.set()
    for _ in range(3):
        begun.acquire()
    crew.rest()
    assert seen == [1, 3, 2, 4]


def test_a_sweep_keeps_every_thread_at_work_and_no_more_waiting(gate, seen):
    begun = threading.Semaphore(0)
    crew = Crew(lambda one: (seen.append(one), begun.release(), gate.wait(PATIENCE)), threads=4)
    crew.sweep(range(100))
    for _ in range(4):
        begun.acquire()
    assert sorted(seen) == [0, 1, 2, 3]
    gate.set()
    for _ in range(96):
        begun.acquire()
    crew.rest()
    assert sorted(seen) == list(range(100))
