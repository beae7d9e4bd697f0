"""A request to Graph, what it says beside its path, and the answer."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from multidict import CIMultiDict

from sandbox.graph.prefer import Prefer, read_prefer
from sandbox.graph.refusals import bad_body
from sandbox.graph.surroundings import Surroundings
from sandbox.mailbox import Mailbox

APPLICATION = "00001111-aaaa-2222-bbbb-3333cccc4444"


@dataclass
class Answer:
    """What Graph says: the body is ready for JSON, None means empty."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Ask:
    """One request that has passed the bearer check."""

    method: str
    path: str  # after "/v1.0", still percent-encoded
    query: list[tuple[str, str]]  # decoded; names in any case
    headers: Mapping[str, str]  # names in any case
    body: Any  # parsed JSON, None where there is none
    mailbox: Mailbox
    scopes: frozenset[str]  # short or full names
    world: Surroundings
    client_id: str = APPLICATION
    # How the parts of a batch are sent: the server puts its faults and its log in here.
    through: Callable[["Ask"], Awaitable[Answer]] | None = None


class Call:
    """A request on its way to its handler: path cut up, query and preferences read."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.mailbox = ask.mailbox
        self.world = ask.world
        self.headers = CIMultiDict(ask.headers.items())
        self.prefer: Prefer = read_prefer(", ".join(self.headers.getall("Prefer", [])))
        # A query option is known with and without its dollar sign, in any case.
        self.query = {name.lower().lstrip("$"): value for name, value in ask.query}
        self.path = [plain(unquote(part)) for part in ask.path.strip("/").split("/") if part]
        self.calendar_id: str | None = None
        self.borrowed = False  # the mailbox is somebody else's
        self.args: list[str] = []

    @property
    def now(self) -> datetime:
        """The sandbox's clock."""
        return self.world.now()

    @property
    def said(self) -> dict[str, Any]:
        """The body of a request that needs one. GraphError 400 if it is no object."""
        if not isinstance(self.ask.body, dict):
            raise bad_body()
        return self.ask.body

    @property
    def aside(self) -> dict[str, Any]:
        """The body of a request that needs none."""
        return self.said if self.ask.body is not None else {}

    def parameter(self, name: str, otherwise: Any = None) -> Any:
        """A parameter of an action; clients write its first letter large or small."""
        for key, value in self.aside.items():
            if key.lower() == name.lower():
                return value
        return otherwise

    def quirk(self, name: str, default: Any) -> Any:
        """What Microsoft may or may not do, as set by the tester."""
        return self.world.quirks.get(name, default)

    @property
    def root(self) -> str:
        """Where Graph answers."""
        return f"{self.world.base_url}/v1.0"

    @property
    def me(self) -> str:
        """The signed-in user, as links name them."""
        return f"users('{self.mailbox.object_id}')"

    def context(self, what: str) -> str:
        """The @odata.context of an answer."""
        return f"{self.root}/$metadata#{what}"


def plain(segment: str) -> str:
    """A path segment without namespace and empty parentheses."""
    return segment.removeprefix("microsoft.graph.").removesuffix("()")
