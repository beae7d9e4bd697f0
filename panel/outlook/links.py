"""The links to more pages that Graph sends: absolute, opaque, and not to be trusted blindly.

They are followed with an access token in hand, so only to where the token belongs.
"""

from urllib.parse import SplitResult, unquote, urlsplit

from panel.domain.errors import ForeignLink

_PORTS = {"https": 443, "http": 80}


def checked(link: object, *, root: str) -> str:
    """The link, if it leads below `root`, the configured address. Raises ForeignLink."""
    if not isinstance(link, str):
        raise ForeignLink
    try:
        there, home = urlsplit(link), urlsplit(root)
        same = _place(there) == _place(home)
    except ValueError as error:
        raise ForeignLink from error
    steps = unquote(there.path).replace("\\", "/").split("/")
    if not same or there.username is not None or ".." in steps:
        raise ForeignLink
    if not there.path.casefold().startswith(f"{home.path.casefold()}/"):
        raise ForeignLink
    return link


def _place(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)
