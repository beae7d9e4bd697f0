"""Workers whose process ends in the middle of their work, who come too late, or meet another."""

from dataclasses import replace

import pytest
from requests.adapters import HTTPAdapter

from panel.db.base import db, fresh, writing
from panel.db.tables import Mailbox
from panel.outlook.pool import open_pool
from panel.services.sync import leases, work


class PowerCut(BaseException):
    """The process ends here."""


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
