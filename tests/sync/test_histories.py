"""Whatever happens in whatever order: in the end the two sides agree, and no stranger changed."""

from datetime import UTC

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from panel.db.base import db, fresh, writing
from panel.db.tables import Appointment, Mirror, Question
from panel.domain.errors import PanelError
from tests.sync.office import Office

CLOCKS = ["09:00", "10:00", "11:00", "13:00", "14:00", "15:00", "16:00"]
which, clock = st.integers(0, 3), st.sampled_from(CLOCKS)
DEEDS = st.one_of(
    st.tuples(st.just("book"), clock),
    st.tuples(st.just("move_here"), which, clock),
    st.tuples(st.just("move_there"), which, clock),
    st.tuples(st.just("cancel"), which),
    st.tuples(st.just("delete_there"), which),
    st.tuples(st.just("rename_there"), which),
    st.tuples(st.just("sync")),
)
FAULTS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["drop_before", "drop_after", "html", "status"]),
        "match": st.fixed_dictionaries({"method": st.sampled_from(["POST", "PATCH", "DELETE"])}),
        "status": st.sampled_from([429, 503]),
        "times": st.integers(1, 2),
    }
)
QUIRKS = st.fixed_dictionaries(
    {},
    optional={
        "search_lag_ms": st.just(20_000),
        "delta_lag_ms": st.just(10_000),
        "delta_replay": st.just(0.5),
        "if_match": st.just("ignored"),
        "transaction_repeat": st.sampled_from(["409", "new"]),
        "deleted_get": st.just(200),
        "deleted_delete": st.just(403),
    },
)


class History:
    """What people do on both sides; what the rules refuse them simply does not happen."""

    def __init__(self, office):
        self.office, self.booked = office, []

    def live(self, number):
        """The n-th of the copies that stand in Outlook."""
        copies = sorted(self.office.there(), key=lambda one: one["createdDateTime"])
        return copies[number] if number < len(copies) else None

    def book(self, clock):
        self.booked.append(self.office.book_at(clock))

    def move_here(self, number, clock):
        self.office.move_here(self.booked[number], clock)

    def cancel(self, number):
        self.office.cancel(self.booked[number])

    def move_there(self, number, clock):
        if copy := self.live(number):
            self.office.move_there(copy, clock, f"{int(clock[:2]) + 1:02}:00")

    def delete_there(self, number):
        if copy := self.live(number):
            self.office.sandbox.delete_event(self.office.upn, copy["id"])

    def rename_there(self, number):
        if copy := self.live(number):
            self.office.sandbox.patch_event(self.office.upn, copy["id"], subject="Mine")

    def sync(self):
        self.office.sync()
        self.office.forward(seconds=16)

    def do_all(self, deeds):
        for deed, *told in deeds:
            try:
                getattr(self, deed)(*told)
            except (PanelError, IndexError):
                fresh()


def begun(house, sandbox):
    """An empty house and an empty Outlook, linked."""
    sandbox.reset()
    fresh()
    with writing() as session:
        for table in reversed(db.metadata.sorted_tables):
            session.execute(table.delete())
    office = Office(house, sandbox, "anna.history@contoso.test")
    office.connect()
    office.sync()
    return office


def agreed(office):
    """Where the appointments stand here that nobody is asked about."""
    fresh()
    waits = (Question.closed_at.is_(None), Question.kind != "followed")
    asked = db.select(Question.subject_id).where(*waits)
    held = db.select(Mirror.subject_id).where(Mirror.held_deletions_id.is_not(None))
    wanted = db.select(Appointment).where(Appointment.status == "approved")
    rows = db.session.scalars(wanted.where(Appointment.id.not_in(asked.union(held)))).all()
    return {f"{row.starts.astimezone(UTC):%Y-%m-%dT%H:%M:%S.0000000}" for row in rows}


def gone(office):
    fresh()
    asked = db.select(Question.id).where(Question.closed_at.is_(None), Question.kind == "deleted")
    held = db.select(Mirror.id).where(Mirror.held_deletions_id.is_not(None))
    return len(db.session.scalars(asked).all()) + len(db.session.scalars(held).all())


def approved():
    fresh()
    return len(db.session.scalars(db.select(Appointment.id).filter_by(status="approved")).all())


@settings(
    max_examples=8,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    deeds=st.lists(DEEDS, min_size=4, max_size=10),
    faults=st.lists(FAULTS, max_size=2),
    quirks=QUIRKS,
)
def test_both_sides_agree_in_the_end(house, sandbox, deeds, faults, quirks):
    office = begun(house, sandbox)
    stranger = office.block("12:00", "13:00")
    history = History(office)
    sandbox.quirks(**quirks)
    sandbox.faults(*faults)
    history.do_all(deeds)
    sandbox.faults()
    office.agree()
    office.forward(minutes=3)
    office.agree()
    there = [one["start"]["dateTime"] for one in office.there()]
    assert agreed(office) <= set(there)
    assert (len(there), len(office.blocks())) == (approved() - gone(office), 1)
    assert office.sandbox.event(office.upn, "Dentist")["changeKey"] == stranger["changeKey"]
