"""Everything that people, Microsoft and the power line may do to a sync, in any order."""

import random
from datetime import UTC, datetime

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from bench.evidence import entries, wishes, without_reason
from bench.hands import Outlook
from bench.judging import judge
from panel.db.base import db, fresh
from panel.db.tables import Connection
from panel.domain.errors import PanelError
from panel.domain.questions import ANSWERS, FOLLOWED
from panel.services import appointment_patches, connections, held, questions
from panel.services.sync import due, work
from tests.services.studio import OWNER
from tests.sync.accounts import Accounts
from tests.sync.draws import (
    CLOCKS,
    FAULTS,
    IN_OUTLOOK,
    INSTANTS,
    QUIRKS,
    SETTINGS,
    THEN,
    TROUBLE,
    clocks,
    numbers,
)
from tests.sync.mishaps import Cut, Late, lapsed
from tests.sync.office import ZONE
from tests.sync.test_histories import begun


def deed(**drawn):
    """A rule of the machine, after which the sync may be at work, in one way or another."""

    def made(done):
        def and_then(self, then, at, trouble, **told):
            done(self, **told)
            self.sandbox.faults(*self.storm, *trouble)
            self.go_on(then, at)
            self.sandbox.faults(*self.storm)

        and_then.__name__ = done.__name__
        return rule(then=THEN, at=INSTANTS, trouble=TROUBLE, **drawn)(and_then)

    return made


class Model(RuleBasedStateMachine):
    """Anna, who has up to two accounts, and a panel whose owner changes their mind."""

    def __init__(self, house, sandbox):
        super().__init__()
        self.house, self.sandbox = house, sandbox
        self.office = begun(house, sandbox)
        self.second = f"second.{self.office.upn}"
        sandbox.add_mailbox(self.second, name="Anna Privately")
        people = {1: self.office.upn, 2: self.second}
        self.outlook = Outlook(sandbox.url, people, random.Random(0))
        self.booked = [self.office.book_at(clock) for clock in CLOCKS[::2]]
        self.office.sync()
        self.known, self.storm = {self.office.upn}, []

    def at(self, clock):
        local = datetime.fromisoformat(self.office.day(clock)).replace(tzinfo=ZONE)
        return local.astimezone(UTC)

    def one(self, number):
        return self.booked[number % len(self.booked)]

    def try_to(self, deed, *told, **more):
        """What the rules refuse does not happen."""
        try:
            return deed(*told, **more)
        except PanelError:
            return None
        finally:
            fresh()

    @deed(clock=clocks)
    def book(self, clock):
        if one := self.try_to(self.office.book_at, clock):
            self.booked.append(one)

    @deed(number=numbers, clock=clocks)
    def move_here(self, number, clock):
        self.try_to(self.office.move_here, self.one(number), clock)

    @deed(number=numbers, action=st.sampled_from(["cancel", "set_pending", "approve"]))
    def change_state(self, number, action):
        self.try_to(self.office.act, self.one(number), action)

    @deed(number=numbers, who=st.sampled_from(["anna", "ben"]))
    def hand_on(self, number, who):
        to = getattr(self.office, who).id
        told = {"by": OWNER, "now": self.office.now()}
        wish = appointment_patches.Change(employee_id=to)
        self.try_to(appointment_patches.change, self.one(number).id, wish, **told)

    @deed(deed=st.sampled_from(IN_OUTLOOK), number=numbers, clock=clocks)
    def in_outlook(self, deed, number, clock):
        self.outlook.chance = random.Random(number)
        getattr(self.outlook, deed)(self.at(clock))

    @deed(name=st.sampled_from(sorted(SETTINGS)), number=numbers)
    def set(self, name, number):
        self.office.settings(**{name: SETTINGS[name][number % len(SETTINGS[name])]})

    @deed(second=st.booleans())
    def connect(self, second):
        """Sign in, whether for the first time or again."""
        upn = self.second if second else self.office.upn
        self.known.add(upn)
        self.sandbox.faults()
        came = self.office.connect(upn)
        if came.waiting is not None:
            self.try_to(self.office.confirm, came.waiting)
        fresh()

    @deed(second=st.booleans(), remove=st.booleans())
    def disconnect(self, second, remove):
        linked = self.linked().get(self.second if second else self.office.upn)
        if linked is not None:
            told = {"by": self.office.me, "outside": self.office.outside}
            which = {"connection_id": linked, "remove": remove}
            self.try_to(connections.disconnect, self.office.anna.id, **which, **told)

    @deed(number=numbers)
    def write_elsewhere(self, number):
        accounts = Accounts(self.office)
        rows = [key for key, row in accounts.rows().items() if row.can_edit and not row.gone_since]
        if rows:
            self.try_to(accounts.choose, *sorted(rows)[number % len(rows)])

    @deed(seconds=st.sampled_from([16, 180, 900, 7200, 90_000]))
    def time_passes(self, seconds):
        self.office.forward(seconds=seconds)

    @deed(faults=st.lists(FAULTS, max_size=3))
    def storm_begins(self, faults):
        """It goes on until another one, or fair weather, comes."""
        self.storm = faults

    @deed(quirks=QUIRKS)
    def be_odd(self, quirks):
        self.sandbox.quirks(**quirks)

    @deed(why=st.sampled_from(["consent", "sessions", "inactive"]))
    def revoke(self, why):
        self.sandbox.revoke(self.office.upn, why)

    @deed(number=numbers, answer=numbers)
    def decide(self, number, answer):
        asked = questions.of_employees(None)
        if asked:
            one = asked[number % len(asked)]
            said = ANSWERS[one.kind][answer % len(ANSWERS[one.kind])]
            told = {"by": OWNER, "now": self.office.now()}
            self.try_to(questions.answer, one.id, said, **told)
        fresh()

    @deed(said=st.sampled_from(held.ANSWERS))
    def decide_held(self, said):
        for one in held.open_ones(OWNER):
            self.try_to(held.answer, one.id, said, by=OWNER, now=self.office.now())
        fresh()

    def go_on(self, then, at):
        """After a deed the sync may run, be cut off at an instant, or be overtaken."""
        due.make_all_due(self.office.now())
        if then == "sync":
            self.office.sync()
        elif then == "cut" and Cut(self.office, at).work(1):
            lapsed(self.office, seconds=30)
        elif then == "late":
            late = Late(self.house, self.office, at % 8 + 1)
            for mailbox_id in due.due_mailboxes(self.office.now()):
                work.see_to(mailbox_id, late.outside())
                fresh()
        self.office.forward(seconds=16)

    def linked(self):
        fresh()
        rows = db.session.scalars(db.select(Connection).filter_by(state="active"))
        return {row.address: row.id for row in rows}

    def teardown(self):
        """The faults end; then all is as the decision says, first with questions, then without."""
        self.sandbox.faults()
        self.sandbox.quirks()
        self.come_back()
        self.rest()
        self.judge()
        if self.decide_all():
            self.rest()
            self.judge()

    def come_back(self):
        """Whoever left, or must sign in again, does so."""
        # Leases are in the database's own time, which no test moves on.
        lapsed(self.office, seconds=30)
        self.office.settle()
        for upn in sorted(self.known):
            came = self.office.connect(upn)
            assert came.refused is None, came
            if came.waiting is not None:
                self.office.confirm(came.waiting)

    def rest(self):
        """Fifteen minutes are enough for everything but what is parked, which is tried again."""
        self.office.settle(60)
        connections.retry_parked(self.office.anna.id, by=OWNER, now=self.office.now())
        self.office.forward(minutes=20)
        state = self.office.settle(60)
        assert state.settled and not state.parked, state
        last = self.sandbox.last_request()
        self.office.forward(seconds=61)
        assert self.office.settle().settled
        assert self.office.writes(last) == []

    def decide_all(self):
        """Answer whatever is asked; say whether anything was."""
        fresh()
        told = {"by": OWNER, "now": self.office.now()}
        asked = [one for one in questions.of_employees(None) if one.kind != FOLLOWED]
        for one in asked:
            questions.answer(one.id, ANSWERS[one.kind][0], **told)
        deletions = held.open_ones(OWNER)
        for one in deletions:
            held.answer(one.id, "back", **told)
        return bool(self.office.put_back_held() or asked or deletions)

    def judge(self):
        there = entries(self.outlook.all())
        known = (self.outlook.strangers, self.outlook.touched)
        verdict = judge(wishes(self.office.now()), there, *known)
        assert verdict.sentences() == []
        assert without_reason() == []
