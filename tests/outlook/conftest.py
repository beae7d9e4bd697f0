"""The sandbox as Microsoft, and people who have signed in there."""

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import requests

from panel.outlook import signin
from panel.outlook.authorities import SigningKeys
from panel.outlook.client import OutlookClient
from panel.outlook.pool import open_pool
from panel.outlook.registration import Registration
from tests.outlook.browsing import sign_in
from tests.sandbox_process import ANNA, CLIENT_ID, CLIENT_SECRET, Sandbox, running

REDIRECT = "http://127.0.0.1:9/outlook/callback"


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[Sandbox]:
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(sandbox_process: Sandbox) -> Sandbox:
    sandbox_process.reset()
    return sandbox_process


@pytest.fixture
def http() -> Iterator[requests.Session]:
    with open_pool() as pool:
        yield pool


@pytest.fixture
def registration(sandbox: Sandbox) -> Registration:
    return Registration(CLIENT_ID, CLIENT_SECRET, "common", sandbox.url, sandbox.url)


@pytest.fixture
def came_back(registration, http):
    """Begin a sign-in and go through it: gives what redeem wants of it."""

    def go(upn: str, of: Registration = registration) -> SimpleNamespace:
        began = signin.begin(of, redirect_uri=REDIRECT)
        query = sign_in(began.url, upn)
        assert query["state"] == began.state
        told = {"code": query["code"], "verifier": began.verifier, "nonce": began.nonce}
        guests = {"http": http, "keys": SigningKeys(), "now": datetime.now(UTC)}
        return SimpleNamespace(told={"redirect_uri": REDIRECT, **told, **guests})

    return go


class Ticket:
    """The access token of one person, renewed when it is refused."""

    def __init__(self, registration, http, tokens) -> None:
        self.registration, self.http, self.tokens = registration, http, tokens
        self.renewals = 0

    def __call__(self, refused: str | None) -> str:
        if refused == self.tokens.access_token:
            self.renewals += 1
            self.tokens = signin.refresh(
                self.registration,
                self.tokens.refresh_token,
                http=self.http,
                now=datetime.now(UTC),
            )
        return self.tokens.access_token


@pytest.fixture
def ticket(registration, http, came_back):
    """Sign somebody in: gives their supply of access tokens."""

    def sign(upn: str) -> Ticket:
        tokens, _ = signin.redeem(registration, **came_back(upn).told)
        return Ticket(registration, http, tokens)

    return sign


@pytest.fixture
def client_of(registration, http, ticket):
    """Sign somebody in: gives the client for their calendars."""

    def of(upn: str, **more) -> OutlookClient:
        return OutlookClient(registration.graph_url, access_token=ticket(upn), http=http, **more)

    return of


@pytest.fixture
def anna(client_of) -> OutlookClient:
    return client_of(ANNA)
