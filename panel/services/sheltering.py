"""One broken thing never takes its neighbours down."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

log = logging.getLogger(__name__)


@dataclass
class Shelter:
    """Whether what was done inside broke."""

    broken: bool = False


@contextmanager
def sheltered(what: str, *, but: tuple[type[Exception], ...] = ()) -> Iterator[Shelter]:
    """Log what breaks inside, with its traceback, and go on after the block.

    `what` is the sentence for the log. Exceptions of the kinds in `but` go through: they
    speak of more than this one thing. Whoever uses it sees to what is half done.
    """
    shelter = Shelter()
    try:
        yield shelter
    except but:
        raise
    except Exception:
        # The one broad except of the house: no one can say beforehand what a bug will raise.
        log.exception(what)
        shelter.broken = True
