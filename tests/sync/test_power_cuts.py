"""The power fails at any instant of a move between two accounts."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from panel.db.base import db, fresh
from panel.services.sync import due, work
from tests.sync.accounts import BETWEEN, all_there, prepared
from tests.sync.mishaps import PowerCut, lapsed


@pytest.fixture
def between(linked, accounts):
    return prepared(linked, accounts, BETWEEN)


class Cut:
    """The power fails at the nth instant: before or after a request, or before a commit."""

    def __init__(self, office, at):
        self.office, self.left = office, at

    def tick(self, *_):
        self.left -= 1
        if self.left == 0:
            raise PowerCut

    def outside(self):
        http, tick = self.office.outside.http, self.tick

        class Dying(type(http)):
            def request(self, *args, **more):
                tick()
                answer = http.request(*args, **more)
                tick()
                return answer

        return replace(self.office.outside, http=Dying())

    def work(self):
        """See to all that is due, from the first account to the last entry that is taken away.

        Says whether the power failed.
        """
        event.listen(db.session, "before_commit", self.tick)
        try:
            for _ in range(3):
                for mailbox_id in due.due_mailboxes(self.office.now()):
                    work.see_to(mailbox_id, self.outside())
        except PowerCut:
            return True
        finally:
            event.remove(db.session, "before_commit", self.tick)
            fresh()
        return False


def test_whenever_the_power_fails_each_entry_stands_once_in_the_end(linked, between, accounts):
    """Back and forth between two accounts; each time it fails a few instants later."""
    homes, at, failed = [linked.upn, between.upn], 1, True
    while failed:
        homes.reverse()
        accounts.choose(homes[0])
        failed = Cut(linked, at).work()
        assert len(all_there(linked, between)) >= 2
        lapsed(linked, seconds=30)
        linked.agree()
        assert (len(accounts.there(homes[0])), len(accounts.there(homes[1]))) == (2, 0)
        at += 5
    assert accounts.moving() == 0
