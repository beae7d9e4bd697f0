"""The application that the owner registered at Microsoft, and where Microsoft is."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

LOGIN_URL = "https://login.microsoftonline.com"
GRAPH_URL = "https://graph.microsoft.com/v1.0"


@dataclass(frozen=True)
class Registration:
    """One application registration. `tenant` is common, organizations, consumers, a GUID or
    a domain. `graph_url` may end in /v1.0 or leave it out."""

    client_id: str
    client_secret: str = field(repr=False)
    tenant: str = "common"
    login_url: str = LOGIN_URL
    graph_url: str = GRAPH_URL

    @property
    def authority(self) -> str:
        """The address under which this tenant signs in."""
        return f"{self.login_url.rstrip('/')}/{quote(self.tenant, safe='')}"

    @property
    def authorize_url(self) -> str:
        return f"{self.authority}/oauth2/v2.0/authorize"

    @property
    def token_url(self) -> str:
        return f"{self.authority}/oauth2/v2.0/token"

    @property
    def metadata_url(self) -> str:
        return f"{self.authority}/v2.0/.well-known/openid-configuration"

    @property
    def keys_url(self) -> str:
        return f"{self.authority}/discovery/v2.0/keys"

    @property
    def signs_in_on_loopback(self) -> bool:
        """Whether the sign-in stays on this machine, as with the sandbox."""
        return is_loopback(self.login_url)


def is_loopback(url: str) -> bool:
    """Whether the address names this very machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def graph_root(graph_url: str) -> str:
    """The address that every call starts with: with its version, without a last slash."""
    plain = graph_url.rstrip("/")
    return plain if urlsplit(plain).path.endswith("/v1.0") else f"{plain}/v1.0"
