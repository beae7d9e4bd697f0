"""How one person's mailbox is asked: with a token, a new one once, and page by page."""

from collections.abc import Callable, Iterator, Mapping
from time import monotonic
from typing import Any, Protocol
from urllib.parse import quote, urlencode

import requests

from panel.domain.errors import OutlookUnavailable
from panel.outlook.answers import Answer, judge
from panel.outlook.exchange import Bearer, exchange
from panel.outlook.links import checked
from panel.outlook.registration import graph_root

DEADLINE = 20.0

# Ids that survive a move, times in UTC, on every call: a link read with other preferences
# would speak of other ids.
PREFER = 'IdType="ImmutableId", outlook.timezone="UTC"'

_READ_TRIES = 3


class AccessTokens(Protocol):
    """Where the token comes from. `refused` is the token that Microsoft has just refused.

    May raise SignInNeeded, RegistrationRefused or OutlookUnavailable.
    """

    def __call__(self, refused: str | None) -> str: ...


class Asking:
    """Asks Graph in the name of one person. Safe to share between threads."""

    def __init__(
        self,
        graph_url: str,
        *,
        access_token: AccessTokens,
        http: requests.Session,
        deadline: float = DEADLINE,
        before_request: Callable[[], None] = lambda: None,
        after_request: Callable[[int, float], None] = lambda status, seconds: None,
    ) -> None:
        """`deadline` in seconds bounds each single request; `before_request` runs before
        each of them and may raise to stop it. `after_request` is told the status of the
        answer, 0 where none came, and how many seconds it took."""
        self.root = graph_root(graph_url)
        self._access_token = access_token
        self._http = http
        self._deadline = deadline
        self._before_request = before_request
        self._after_request = after_request

    def read(
        self, path: str, query: Mapping[str, str] | None = None, *, prefer: str = ""
    ) -> dict[str, Any]:
        """The JSON at an address below the root, or at a checked absolute link."""
        url = self._url(path, query)
        for _ in range(_READ_TRIES):
            answer = self._ask("GET", url, prefer=prefer)
            if answer.status != 412:
                break
        return self._good(answer, writes=False)

    def pages(self, path: str, query: Mapping[str, str] | None = None) -> Iterator[Any]:
        """Every item of a list, over all its pages; raises rather than to end early."""
        page = self.read(path, query)
        followed = set()
        while True:
            yield from items(page)
            link = page.get("@odata.nextLink")
            if link is None:
                return
            if not isinstance(link, str) or link in followed:
                raise OutlookUnavailable
            followed.add(link)
            page = self.read(link)

    def write(
        self, method: str, path: str, body: Any = None, *, if_match: str | None = None
    ) -> dict[str, Any]:
        """Send a change; `if_match` is the key of the version that it is meant for."""
        headers = {} if if_match is None else {"If-Match": f'W/"{if_match}"'}
        answer = self._ask(method, self._url(path), json=body, writes=True, headers=headers)
        return self._good(answer, writes=True, conditional=if_match is not None)

    def batch(self, parts: list[dict[str, Any]]) -> dict[str, Any]:
        """Several reads in one exchange; the answer still holds an answer for each."""
        answer = self._ask("POST", self._url("/$batch"), json={"requests": parts})
        return self._good(answer, writes=False)

    def _url(self, path: str, query: Mapping[str, str] | None = None) -> str:
        if not path.startswith("/"):
            return checked(path, root=self.root)
        asked = f"?{urlencode(query, safe='$', quote_via=quote)}" if query else ""
        return f"{self.root}{path}{asked}"

    def _ask(self, method: str, url: str, *, prefer: str = "", **sent: Any) -> Answer:
        headers = {"Prefer": f"{PREFER}, {prefer}" if prefer else PREFER}
        headers |= sent.pop("headers", {})
        token = self._access_token(None)
        answer = self._exchange(token, method, url, headers=headers, **sent)
        if answer.status == 401:
            token = self._access_token(token)
            answer = self._exchange(token, method, url, headers=headers, **sent)
        return answer

    def _exchange(self, token: str, method: str, url: str, **sent: Any) -> Answer:
        self._before_request()
        status, began = 0, monotonic()
        try:
            answer = exchange(
                self._http, method, url, seconds=self._deadline, auth=Bearer(token), **sent
            )
            status = answer.status
        finally:
            self._after_request(status, monotonic() - began)
        return answer

    @staticmethod
    def _good(answer: Answer, *, writes: bool, conditional: bool = False) -> dict[str, Any]:
        error = judge(answer, writes=writes, conditional=conditional)
        if error is not None:
            raise error
        return answer.body or {}


def items(page: Mapping[str, Any]) -> list[Any]:
    """What a page of a list holds. A page without a list is no empty page."""
    value = page.get("value")
    if not isinstance(value, list):
        raise OutlookUnavailable
    return value
