"""python-o365, its two addresses moved in subclasses; it has no delta, so its connection asks."""

from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

import msal
import requests
from O365 import Account, Connection, MSGraphProtocol
from O365.utils.token import MemoryTokenBackend

from tests.clients.graph_json import FIRST, SMALL, whole_round
from tests.clients.person import REDIRECT, sign_in
from tests.clients.walk import END, START, URL, Round, walk
from tests.sandbox_process import CLIENT_ID, CLIENT_SECRET

UTC = ZoneInfo("UTC")


class Place(MSGraphProtocol):
    """Graph elsewhere; the library says to override its address so. Scopes keep Graph's name."""

    _protocol_url = f"{URL}/"


class Way(Connection):
    """Its public `msal_client` for another authority."""

    @cached_property
    def msal_client(self) -> msal.ConfidentialClientApplication:
        return msal.ConfidentialClientApplication(
            CLIENT_ID,
            client_credential=CLIENT_SECRET,
            authority=f"{URL}/common",
            instance_discovery=False,
            token_cache=self.token_backend,
        )


class Person(Account):
    connection_constructor = Way


class O365:
    def __init__(self) -> None:
        self.account = Person(
            (CLIENT_ID, CLIENT_SECRET),
            protocol=Place(timezone="UTC"),
            token_backend=MemoryTokenBackend(),
            requests_delay=0,
        )

    def sign_in(self) -> str:
        url, flow = self.account.get_authorization_url(
            ["User.Read", "Calendars.ReadWrite"], redirect_uri=REDIRECT
        )
        assert self.account.request_token(sign_in(url), flow=flow)
        assert self.account.connection.refresh_token()
        return self.account.get_current_user_data().user_principal_name

    @cached_property
    def calendar(self):
        return self.account.schedule().get_default_calendar()

    def create(self, subject: str) -> str:
        event = self.calendar.new_event(subject)
        event.start, event.end = (
            datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in (START, END)
        )
        assert event.save()
        return event.object_id

    def change(self, event: str, subject: str) -> None:
        found = self.calendar.get_event(event)
        found.subject = subject
        assert found.save()

    def read(self, event: str) -> str | None:
        try:
            return self.calendar.get_event(event).subject
        except requests.HTTPError as refused:
            if refused.response.status_code == 404:
                return None
            raise

    def delta(self, link: str) -> tuple[Round, str]:
        ask = self.account.connection.get
        return whole_round(lambda onward: ask(onward or FIRST, headers={**SMALL}).json(), link)

    def delete(self, event: str) -> None:
        assert self.calendar.get_event(event).delete()


if __name__ == "__main__":
    walk(O365())
