"""How the connections are: the evidence for it, gathered in a few statements for any number."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from panel.db.base import db, reading
from panel.db.tables import Connection
from panel.domain.health import Evidence, Health, State, Why, failing_alike, gravest, judge
from panel.services.connection_rows import Copies, Link, live
from panel.services.integration import Brief, brief, configured


class Account(NamedTuple):
    """One of a person's linked accounts; `refused` says that a sign-in would help it."""

    link: Link
    health: Health
    copies: Copies
    refused: bool


@dataclass(frozen=True)
class Report:
    """One employee's connection: its health, and what the pages say about it.

    With several `accounts` it is the gravest, and `connection` is the account it comes from;
    `copies` are those of all of them, and `shared` is what is wrong with none in particular.
    `questions` are open; `refused` says that a sign-in would help, whatever else is wrong.
    """

    health: Health
    connection: Link | None = None
    copies: Copies = Copies()
    questions: int = 0
    refused: bool = False
    accounts: tuple[Account, ...] = ()
    shared: tuple[Health, ...] = ()

    def each(self) -> list[Report]:
        """Return a report for every account; the first one bears what is shared."""
        shares = (self.shared, *((),) * len(self.accounts))
        return [self._of(*each) for each in zip(self.accounts, shares, strict=False)]

    def _of(self, one: Account, shared: tuple[Health, ...]) -> Report:
        healths = (one.health, *shared)
        return replace(
            self,
            health=healths[gravest(healths)],
            connection=one.link,
            copies=one.copies,
            refused=one.refused,
        )


def of_one(employee_id: int, *, now: datetime) -> Report:
    """Report on one employee."""
    return of_many([employee_id], now=now)[employee_id]


def of_many(
    employee_ids: Collection[int], *, now: datetime, settings: Brief | None = None
) -> dict[int, Report]:
    """Report on some employees, whether they have connected or not.

    `settings` are the owner's, where they have been read already.
    """
    known = _gather(employee_ids, settings or brief())
    return {one: known.report(one, now) for one in employee_ids}


@dataclass(frozen=True)
class _Known:
    """What the statements found: each connection with its copies, by employee."""

    settings: Brief
    connections: dict[int, list[tuple[Link, Copies]]]
    alike: set[str]

    def report(self, employee_id: int, now: datetime) -> Report:
        found = self.connections.get(employee_id)
        if not found:
            return Report(judge(self._alone(), now))
        alone = len(found) == 1
        accounts = tuple(self._account(*one, now, alone=alone) for one in found)
        first = found[0][0]
        shared = () if alone else self._of_all(first)
        healths = [*(one.health for one in accounts), *shared]
        at = gravest(healths)
        return Report(
            healths[at],
            found[at][0] if at < len(found) else first,
            sum((one.copies for one in accounts), Copies()),
            first.questions,
            any(one.refused for one in accounts),
            accounts,
            shared,
        )

    def _account(self, link: Link, copies: Copies, now: datetime, *, alone: bool) -> Account:
        known = self._evidence(link, copies)
        refused = known.refused or not known.same_registration
        if not alone:
            # They belong to the person, and are said once.
            known = replace(known, writable=True, questions=0)
        return Account(link, judge(known, now), copies, refused)

    def _of_all(self, link: Link) -> tuple[Health, ...]:
        """What is wrong with no account in particular."""
        found = []
        if self.settings.enabled and not link.writable:
            found.append(Health(State.ACTION_NEEDED, Why.CALENDAR))
        if self.settings.enabled and link.questions:
            found.append(Health(State.DECISION_NEEDED, Why.QUESTIONS))
        return tuple(found)

    def _alone(self) -> Evidence:
        return Evidence(enabled=self.settings.enabled, configured=configured(self.settings))

    def _evidence(self, connection: Link, copies: Copies) -> Evidence:
        kept = self.settings
        alike = connection.refused_why in self.alike
        return replace(
            self._alone(),
            connection=connection.state,
            importing=connection.importing,
            refused=connection.refused_at is not None,
            application_refused=kept.refused_at is not None or alike,
            same_registration=(connection.client_id, connection.tenant)
            == (kept.client_id, kept.tenant),
            writable=connection.writable,
            waiting=copies.waiting,
            parked=copies.parked,
            held=copies.held,
            questions=connection.questions,
            withheld=kept.withheld,
            gone=connection.gone,
            failures=connection.failures,
            pulled_at=connection.pulled_at,
            pushed_at=connection.pushed_at,
            round_due=connection.round_due,
        )


def _gather(employee_ids: Collection[int], settings: Brief) -> _Known:
    of_each: dict[int, list[tuple[Link, Copies]]] = {}
    for link, copies in live(reading(), employee_ids):
        of_each.setdefault(link.employee_id, []).append((link, copies))
    refused = any(link.refused_at for found in of_each.values() for link, _ in found)
    return _Known(settings, of_each, _alike() if refused else set())


def _alike() -> set[str]:
    """Which of Microsoft's refusals strike several people alike."""
    rows = db.session.execute(
        select(Connection.refused_why, Connection.refused_at).where(Connection.state == "active")
    ).all()
    refusals = [(why or "", since) for why, since in rows if since is not None]
    return failing_alike(refusals, len(rows))
