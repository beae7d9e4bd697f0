"""What the clockwork does, by itself."""

from datetime import timedelta

from panel.jobs.timetable import timetable
from panel.services import attendances
from tests.services.studio import NOON, OWNER, Studio
from tests.services.workshop import GUEST, hold


def test_a_lapsed_offer_goes_on_to_the_next(house, clock):
    workshop = hold(Studio(), capacity=1, waiting_list=True)
    workshop.company(offer_minutes=60)
    clock.move_to(NOON)
    first, *_ = (workshop.attend(by=GUEST) for _ in range(3))
    attendances.cancel(first.id, by=OWNER, now=NOON)
    (job,) = (one for one in timetable(house) if one.name == "waiting lists")
    job.work()
    assert workshop.statuses()[1:] == ["offered", "waiting"]
    clock.shift(timedelta(minutes=60))
    job.work()
    assert workshop.statuses()[1:] == ["cancelled", "offered"]
