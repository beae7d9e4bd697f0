"""Style sheets, scripts, icons and fonts: fetched once, and again only when one has changed."""

from hashlib import sha256
from pathlib import Path

YEAR = 365 * 24 * 3600


def address(folder: Path) -> str:
    """Return an address for the files of a folder that changes whenever one of them does.

    A browser may therefore keep them for a YEAR of seconds. The files name each other by
    relative addresses, so that all of them move together.
    """
    content = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return f"/static/{content.hexdigest()[:12]}"
