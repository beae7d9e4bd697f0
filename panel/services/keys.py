"""The keys of this installation: do they open what its database holds, and a newer one."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Table, select, update

from panel.db.base import db, fresh, writing
from panel.db.tables import Credential, MailSettings, OutlookSettings, SignIn
from panel.services.sealing import Unreadable, opens, sealed_anew


class Sealed(NamedTuple):
    """One sealed value: where it stands, and as what."""

    table: Table
    column: str
    key: Any
    blob: bytes


# All that is sealed. Sign-ins under way are lost without harm, so only the start ignores them.
LASTING = (
    (Credential, "sealed"),
    (OutlookSettings, "client_secret"),
    (MailSettings, "password"),
)
PASSING = ((SignIn, "sealed"), (SignIn, "waiting"))


def check(keys: Sequence[str]) -> None:
    """Stop a start that could only fail later, calendar by calendar. Raises Unreadable.

    So a database restored without its keys is noticed while somebody is looking.
    """
    sealed = list(_sealed(LASTING))
    lost = sum(not opens(keys, one.blob) for one in sealed)
    db.session.rollback()
    if lost:
        raise Unreadable(
            f"The keys in TOKEN_KEYS do not open {lost} of {len(sealed)} stored secrets. "
            "Put the keys back that they were made with (the file token_keys in DATA_DIR)."
        )


def rotate(keys: Sequence[str]) -> int:
    """Seal everything with the newest key, the first; return how much that was.

    Safe while Panel runs: what is changed meanwhile, as by a refresh of tokens, is left to
    whoever changed it, and looked at again. Raises Unreadable before anything is written.
    """
    check(keys)
    count = 0
    while True:
        old = [one for one in _sealed(LASTING + PASSING) if not opens(keys[:1], one.blob)]
        fresh()
        # A sign-in that no key opens ends by itself.
        old = [one for one in old if opens(keys, one.blob)]
        if not old:
            return count
        for one in old:
            count += _seal_anew(keys, one)


def _seal_anew(keys: Sequence[str], one: Sealed) -> bool:
    column, (key,) = one.table.c[one.column], one.table.primary_key.columns
    untouched = update(one.table).where(key == one.key, column == one.blob)
    anew = {one.column: sealed_anew(keys, one.blob)}
    with writing() as session:
        done = session.execute(untouched.values(anew))
    return bool(done.rowcount)  # type: ignore[attr-defined]


def _sealed(which: Sequence[tuple[Any, str]]) -> Iterator[Sealed]:
    for model, name in which:
        table: Table = model.__table__
        column, (key,) = table.c[name], table.primary_key.columns
        for row_key, blob in db.session.execute(select(key, column).where(column.is_not(None))):
            yield Sealed(table, name, row_key, blob)
