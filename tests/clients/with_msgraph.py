"""msgraph-sdk for Python: Microsoft's typed client, signed in by azure-identity."""

import asyncio
from collections.abc import Coroutine
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from azure.identity import AuthorizationCodeCredential
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone
from msgraph.generated.models.event import Event
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.users.item.calendar_view.delta.delta_get_response import DeltaGetResponse
from msgraph.generated.users.item.calendar_view.delta.delta_request_builder import (
    DeltaRequestBuilder,
)

from tests.clients.person import REDIRECT, sign_in
from tests.clients.walk import CALENDARS, END, START, URL, USER, WINDOW, Round, walk
from tests.sandbox_process import CLIENT_ID, CLIENT_SECRET

PLACE = urlsplit(URL)
SCOPES = [USER, CALENDARS]
Query = DeltaRequestBuilder.DeltaRequestBuilderGetQueryParameters


def code() -> str:
    """The code of one sign-in; azure-identity leaves this half to the application."""
    query = {
        "client_id": CLIENT_ID,
        "response_type": "code",
        "redirect_uri": REDIRECT,
        "scope": " ".join(["openid", "profile", "offline_access", *SCOPES]),
    }
    back = sign_in(f"{URL}/common/oauth2/v2.0/authorize?{urlencode(query)}")
    return dict(parse_qsl(urlsplit(back).query))["code"]


def connect() -> GraphServiceClient:
    """A client for Graph at the sandbox's address, signed in with its first request."""
    credential = AuthorizationCodeCredential(
        "common",
        CLIENT_ID,
        code(),
        REDIRECT,
        client_secret=CLIENT_SECRET,
        authority=PLACE.netloc,
    )
    who = AzureIdentityAuthenticationProvider(
        credential, scopes=SCOPES, allowed_hosts=[str(PLACE.hostname)]
    )
    adapter = GraphRequestAdapter(who)
    adapter.base_url = f"{URL}/v1.0"
    return GraphServiceClient(request_adapter=adapter)


class MsGraph:
    def __init__(self, runner: asyncio.Runner) -> None:
        self.runner = runner
        self.client = connect()

    def wait(self, answer: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(answer)

    def sign_in(self) -> str:
        return self.wait(self.client.me.get()).user_principal_name

    def create(self, subject: str) -> str:
        start, end = (DateTimeTimeZone(date_time=at, time_zone="UTC") for at in (START, END))
        event = Event(subject=subject, start=start, end=end)
        return self.wait(self.client.me.events.post(event)).id

    def change(self, event: str, subject: str) -> None:
        self.wait(self.client.me.events.by_event_id(event).patch(Event(subject=subject)))

    def read(self, event: str) -> str | None:
        try:
            return self.wait(self.client.me.events.by_event_id(event).get()).subject
        except ODataError as refused:
            if refused.response_status_code == 404:
                return None
            raise

    def delta(self, link: str) -> tuple[Round, str]:
        told = self.page(link)
        found = changes(told)
        while told.odata_next_link:
            told = self.page(told.odata_next_link)
            found |= changes(told)
        return found, told.odata_delta_link

    def page(self, link: str) -> DeltaGetResponse:
        asked = self.client.me.calendar_view.delta
        window = Query(start_date_time=WINDOW["startDateTime"], end_date_time=WINDOW["endDateTime"])
        wish = RequestConfiguration(query_parameters=None if link else window)
        wish.headers.add("Prefer", "odata.maxpagesize=2")
        return self.wait((asked.with_url(link) if link else asked).get(wish))

    def delete(self, event: str) -> None:
        self.wait(self.client.me.events.by_event_id(event).delete())


def changes(told: DeltaGetResponse) -> Round:
    """The events of one page; the removed ones keep their mark among what the schema lacks."""
    return {
        one.id: None if "@removed" in one.additional_data else one.subject
        for one in told.value or []
    }


if __name__ == "__main__":
    with asyncio.Runner() as runner:
        walk(MsGraph(runner))
