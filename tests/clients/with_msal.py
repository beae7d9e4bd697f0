"""msal for Python: Microsoft's own sign-in; Graph is asked with the token it gives."""

from urllib.parse import parse_qsl, urlsplit

import msal
import requests

from tests.clients.graph_json import GraphJson
from tests.clients.person import REDIRECT, sign_in
from tests.clients.walk import CALENDARS, URL, USER, walk
from tests.sandbox_process import CLIENT_ID, CLIENT_SECRET

SCOPES = [USER, CALENDARS]


class Msal(GraphJson):
    def __init__(self) -> None:
        super().__init__(requests.Session())
        # A host that Microsoft does not know is trusted only when the developer says so.
        self.application = msal.ConfidentialClientApplication(
            CLIENT_ID,
            client_credential=CLIENT_SECRET,
            authority=f"{URL}/common",
            instance_discovery=False,
        )

    def sign_in(self) -> str:
        flow = self.application.initiate_auth_code_flow(SCOPES, redirect_uri=REDIRECT)
        query = dict(parse_qsl(urlsplit(sign_in(flow["auth_uri"])).query))
        self.carry(self.application.acquire_token_by_auth_code_flow(flow, query))
        (account,) = self.application.get_accounts()
        renew = self.application.acquire_token_silent_with_error
        self.carry(renew(SCOPES, account, force_refresh=True))
        return self.me()

    def carry(self, tokens: dict) -> None:
        """Use this answer's access token from now on."""
        assert "access_token" in tokens, tokens
        self.http.headers["Authorization"] = f"Bearer {tokens['access_token']}"


if __name__ == "__main__":
    walk(Msal())
