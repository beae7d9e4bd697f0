"""requests-oauthlib, with PKCE and with its refresh."""

import os

from requests_oauthlib import OAuth2Session

from tests.clients.graph_json import GraphJson
from tests.clients.person import REDIRECT, sign_in
from tests.clients.walk import CALENDARS, URL, USER, walk
from tests.sandbox_process import CLIENT_ID, CLIENT_SECRET

AUTHORITY = f"{URL}/common/oauth2/v2.0"
# The documented way to live with Microsoft's answers, which leave offline_access out of `scope`.
os.environ["OAUTHLIB_RELAX_TOKEN_SCOPE"] = "1"


class RequestsOauthlib(GraphJson):
    http: OAuth2Session

    def __init__(self) -> None:
        scope = ["openid", "offline_access", USER, CALENDARS]
        super().__init__(OAuth2Session(CLIENT_ID, redirect_uri=REDIRECT, scope=scope, pkce="S256"))

    def sign_in(self) -> str:
        url, _ = self.http.authorization_url(f"{AUTHORITY}/authorize")
        token = f"{AUTHORITY}/token"
        self.http.fetch_token(
            token,
            authorization_response=sign_in(url),
            include_client_id=True,
            client_secret=CLIENT_SECRET,
        )
        self.http.refresh_token(token, client_id=CLIENT_ID, client_secret=CLIENT_SECRET)
        return self.me()


if __name__ == "__main__":
    walk(RequestsOauthlib())
