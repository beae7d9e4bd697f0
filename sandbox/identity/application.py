"""The one registered application, and where it may be answered."""

from urllib.parse import urlsplit

from sandbox.graph.door import APPLICATION

CLIENT_ID = APPLICATION
# A stand-in's secret is public.
CLIENT_SECRET = "s3cret~value+/=&"  # noqa: S105  # nosec B105
NAME = "Panel"

_FORBIDDEN = set("!$'(),; ")
_LONGEST = 256


def redirect_allowed(uri: str) -> bool:
    """Whether answers may go to `uri`: loopback, any port and path, and Microsoft's own limits.

    Source: Microsoft, "Redirect URI restrictions and limitations" (reply-url).
    """
    try:
        parts = urlsplit(uri)
        loopback = parts.hostname in ("127.0.0.1", "localhost") and (parts.port or 1) > 0
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment or parts.username or _FORBIDDEN & set(uri))
    return loopback and plain and parts.scheme in ("http", "https") and len(uri) <= _LONGEST
