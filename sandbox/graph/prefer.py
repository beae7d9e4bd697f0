"""The Prefer header: zone, kind of ids, plain bodies, page size."""

import re
from dataclasses import dataclass, field
from datetime import UTC, tzinfo

from sandbox.zones import zone

_PAIR = re.compile(r'([A-Za-z.\-]+)\s*=\s*(?:"([^"]*)"|([^\s,;"]+))')


@dataclass
class Prefer:
    """What the client would like, and what of it was applied."""

    zone: tzinfo = UTC
    zone_name: str = "UTC"
    immutable: bool = False
    text: bool = False
    page_size: int | None = None
    applied: list[str] = field(default_factory=list)


def read_prefer(header: str) -> Prefer:
    """Read the header. GraphError 400 for a zone that Microsoft does not know."""
    prefer = Prefer()
    for name, quoted, bare in _PAIR.findall(header):
        value = quoted or bare
        word = name.lower()
        if word == "outlook.timezone":
            prefer.zone, prefer.zone_name = zone(value), value
        elif word == "idtype" and value.lower() == "immutableid":
            prefer.immutable = True
        elif word == "outlook.body-content-type":
            prefer.text = value.lower() == "text"
        elif word == "odata.maxpagesize" and value.isdecimal() and int(value) > 0:
            prefer.page_size = min(int(value), 1000)
        else:
            continue
        prefer.applied.append(f'{name}="{value}"' if quoted else f"{name}={value}")
    return prefer
