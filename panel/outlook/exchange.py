"""One question to Microsoft and its answer; or what its silence means."""

import logging
from typing import Any
from uuid import uuid4

import requests
from requests.auth import AuthBase
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from panel.domain.errors import OutlookUnavailable
from panel.outlook.answers import Answer
from panel.outlook.pool import within

log = logging.getLogger(__name__)


class Bearer(AuthBase):
    """Shows the access token, and to nobody but the address that was asked."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def exchange(
    http: requests.Session,
    method: str,
    url: str,
    *,
    seconds: float,
    writes: bool = False,
    headers: dict[str, str] | None = None,
    json: Any = None,
    auth: AuthBase | None = None,
) -> Answer:
    """Ask once, within `seconds` for the whole exchange, following no redirect.

    Raises OutlookUnavailable where no complete answer came.
    """
    request_id = str(uuid4())
    try:
        response = http.request(
            method,
            url,
            headers={"client-request-id": request_id, **(headers or {})},
            json=json,
            auth=auth,
            timeout=within(seconds),
            allow_redirects=False,
        )
    except requests.RequestException as error:
        log.warning("%s got no answer (%s, ours %s)", method, type(error).__name__, request_id)
        raise silence(error, writes=writes) from error
    if response.status_code >= 300:
        theirs = response.headers.get("request-id", "-")
        log.info("%s got %s (ours %s, theirs %s)", method, response.status_code, request_id, theirs)
    return read_answer(response)


def read_answer(response: requests.Response) -> Answer:
    """The answer as our own value."""
    try:
        body = response.json()
    except requests.JSONDecodeError:
        body = None
    return Answer(
        status=response.status_code,
        headers=CaseInsensitiveDict(response.headers),
        body=body if isinstance(body, dict) else None,
        blank=not response.content.strip(),
    )


def silence(error: requests.RequestException, *, writes: bool) -> OutlookUnavailable:
    """What it means that no complete answer came.

    Only where no connection was made is it certain that a write did not happen.
    """
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    unheard = isinstance(reason, NewConnectionError | ConnectTimeoutError)
    return OutlookUnavailable("Microsoft is not answering.", ambiguous=writes and not unheard)
