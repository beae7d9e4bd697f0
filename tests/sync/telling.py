"""A panel that Microsoft can reach: the office behind a real server, and what came in there."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from flask import Flask
from werkzeug.serving import make_server

from panel.db.base import db, fresh, writing
from panel.db.tables import Subscription
from panel.domain.remote import RemoteSubscription
from panel.services.sync import due
from tests.sync.office import Office

CALENDARS = 3  # that a new account has, and that are read
PATIENCE = 20  # seconds; nothing takes so long unless it never comes


class Told:
    """The office, and the address at which Microsoft tells it of changes."""

    def __init__(self, office: Office, url: str, arrived: "queue.Queue[int]") -> None:
        self.office, self.url, self.arrived = office, url, arrived

    def listen(self, app: Flask, url: str = "") -> None:
        """From now on Microsoft is asked to tell here, or there."""
        at = f"{url or self.url}/outlook/notifications"
        self.office.outside = replace(self.office.outside, notify_url=at)
        app.extensions["panel"].outside = self.office.outside

    def heard(self) -> None:
        """Wait until Microsoft has told of something."""
        assert self.arrived.get(timeout=PATIENCE) == 202

    def rest(self) -> None:
        """Let both sides agree, until nothing is to be done now."""
        self.office.settle()
        while self.waits():
            self.office.sync(rounds=False)

    def waits(self) -> bool:
        """Whether anything is to be done now."""
        return due.due_mailboxes(self.office.now()) != []

    def rows(self) -> list[Subscription]:
        """What the panel believes, in the order of the calendars."""
        fresh()
        found = list(db.session.scalars(db.select(Subscription).order_by("calendar_id")))
        db.session.expunge_all()
        fresh()
        return found

    def row(self) -> Subscription:
        """That of the default calendar."""
        return self.rows()[0]

    def change(self, **changes: Any) -> None:
        """Have the panel believe something else."""
        with writing() as session:
            session.execute(db.update(Subscription).values(**changes))

    def there(self) -> list[RemoteSubscription]:
        """What Microsoft has promised."""
        with self.office.visit() as visit:
            return list(visit.client.subscriptions.all())

    def agrees(self, calendars: int = CALENDARS) -> bool:
        """Whether Microsoft tells of each calendar once, and of nothing else, as is known here."""
        here = [(one.remote_id or "", f"{one.address}/{one.key}") for one in self.rows()]
        there = [(one.id, one.address) for one in self.there()]
        return len(here) == calendars and sorted(here) == sorted(there)

    def tell(self, **item: Any) -> int:
        """Tell as Microsoft would, of the default calendar; return the status."""
        row = self.row()
        usual = {"subscriptionId": row.remote_id, "clientState": row.secret}
        body = {"value": [usual | item]}
        url = f"{self.url}{urlsplit(row.address).path}/{row.key}"
        return requests.post(url, json=body, timeout=PATIENCE).status_code

    def next_round(self) -> datetime:
        found = self.office.mailbox().round_due
        assert found is not None
        return found

    def calls(self, since: int) -> list[str]:
        """The calls about subscriptions since a request number, without their ids."""
        return [
            f"{one['method']} {one['status']}"
            for one in self.office.sandbox.requests(since)
            if one["path"].startswith("/v1.0/subscriptions")
        ]

    def fault(self, method: str, *, kind: str = "status", **more: Any) -> None:
        """From now on this happens to requests about subscriptions."""
        match = {"method": method, "path": "/v1.0/subscriptions*"}
        self.office.sandbox.faults({"match": match, "kind": kind, **more})


@contextmanager
def served(app: Flask) -> Iterator[tuple[str, "queue.Queue[int]"]]:
    """The panel behind a server with a thread for each request; the status of each delivery."""
    arrived: queue.Queue[int] = queue.Queue()
    server = make_server("127.0.0.1", 0, _noting(app.wsgi_app, arrived), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", arrived
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _noting(wsgi: Callable[..., Any], arrived: "queue.Queue[int]") -> Callable[..., Any]:
    def noting(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        def start(status: str, *more: Any) -> Any:
            if "validationToken" not in environ["QUERY_STRING"]:
                arrived.put(int(status[:3]))
            return start_response(status, *more)

        return wsgi(environ, start)

    return noting
