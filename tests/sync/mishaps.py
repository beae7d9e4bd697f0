"""Workers whose process ends in the middle of their work, who come too late, or meet another."""

from dataclasses import replace

import pytest
from requests.adapters import HTTPAdapter
from sqlalchemy import event

from panel.db.base import db, fresh, writing
from panel.db.tables import Mailbox
from panel.outlook.pool import open_pool
from panel.services.sync import due, leases, work


class PowerCut(BaseException):
    """The process ends here."""


class Cut:
    """The power fails at the nth instant, and stays off: before or after a request, or before a
    commit. After a commit is before whatever comes next."""

    def __init__(self, office, at):
        self.office, self.left = office, at

    def tick(self, *_):
        self.left -= 1
        if self.left <= 0:
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

    def work(self, times=3):
        """See to all that is due, from the first account to the last entry that is taken away.

        Says whether the power failed.
        """
        event.listen(db.session, "before_commit", self.tick)
        try:
            for _ in range(times):
                for mailbox_id in due.due_mailboxes(self.office.now()):
                    work.see_to(mailbox_id, self.outside())
        except PowerCut:
            return True
        finally:
            event.remove(db.session, "before_commit", self.tick)
            fresh()
        return False


def dies_at(office, method, *, after, path):
    """The line of a worker whose process ends at its first such request."""
    http = office.outside.http

    class Dying(type(http)):
        def request(self, asked, url, *args, **more):
            if asked != method or path not in url:
                return http.request(asked, url, *args, **more)
            if after:
                http.request(asked, url, *args, **more)
            raise PowerCut

    return replace(office.outside, http=Dying())


def die(office, method, *, after, path=""):
    """See to the mailbox, and end before or after the first request of this method there."""
    number = office.mailbox().id
    fresh()
    with pytest.raises(PowerCut):
        work.see_to(number, dies_at(office, method, after=after, path=path))
    fresh()


def lapsed(office, *, seconds):
    """The lease ran out so many seconds ago."""
    with writing() as session:
        ago = leases.database_now() - leases.DEADLINE * seconds / 20
        session.execute(db.update(Mailbox).values(lease_until=ago))


class Late:
    """A worker who is held up after the nth answer, until another has taken over and gone."""

    def __init__(self, house, office, at):
        self.house, self.office, self.left = house, office, at

    def outside(self):
        http, held_up = self.office.outside.http, self._held_up

        class Slow(type(http)):
            def request(self, *args, **more):
                answer = http.request(*args, **more)
                held_up()
                return answer

        return replace(self.office.outside, http=Slow())

    def _held_up(self):
        self.left -= 1
        if self.left == 0:
            with self.house.app_context():
                lapsed(self.office, seconds=30)
                self.office.sync()
                db.session.remove()


class Meanwhile(HTTPAdapter):
    """Something happens once, just before a request to this address goes out."""

    def __init__(self, method, path, deed):
        super().__init__()
        self.method, self.path, self.deed = method, path, deed

    def send(self, request, **more):
        if self.deed and self.path in request.url and request.method == self.method:
            deed, self.deed = self.deed, None
            deed()
        return super().send(request, **more)


def see_to(office, path, deed, *, method="POST"):
    """See to the mailbox while something happens."""
    number = office.mailbox().id
    http = open_pool()
    http.mount("http://", Meanwhile(method, path, deed))
    fresh()
    work.see_to(number, replace(office.outside, http=http))
    fresh()
