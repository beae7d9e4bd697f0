"""What happens on one side happens on the other."""


def test_it_writes_what_is_booked(linked):
    linked.book_at("10:00")
    assert linked.sync().settled
    copy = linked.copy()
    assert (copy["subject"], copy["start"]["dateTime"]) == ("Sports massage", linked.utc("10:00"))


def test_it_writes_what_is_upcoming_when_somebody_connects(office):
    office.book_at("10:00")
    office.book_at("13:00")
    assert office.there() == []
    office.connect()
    office.sync()
    assert len(office.there()) == 2


def test_it_moves_the_copy_when_the_appointment_moves(linked):
    appointment = linked.book_at("10:00")
    linked.sync()
    linked.move_here(appointment, "14:00")
    linked.sync()
    assert linked.copy()["start"]["dateTime"] == linked.utc("14:00")


def test_it_takes_the_copy_away_when_the_appointment_is_cancelled(linked):
    appointment = linked.book_at("10:00")
    linked.sync()
    linked.cancel(appointment)
    linked.sync()
    assert linked.there() == []


def test_it_moves_the_appointment_when_the_copy_moves(linked):
    appointment = linked.book_at("10:00")
    linked.sync()
    linked.move_there(linked.copy(), "14:00", "15:00")
    assert linked.sync().settled
    assert linked.starts(appointment) == "14:00"


def test_it_writes_nothing_once_both_sides_agree(linked):
    linked.book_at("10:00")
    linked.settle()
    last = linked.sandbox.last_request()
    assert linked.sync().settled
    assert linked.writes(last) == []


def test_it_keeps_busy_time_out_of_the_bookings(linked):
    linked.block("13:00", "14:00")
    linked.sync()
    assert [block.title for block in linked.blocks()] == ["Dentist"]


def test_it_asks_when_a_move_breaks_a_rule(linked):
    appointment = linked.book_at("10:00")
    linked.sync()
    linked.move_there(linked.copy(), "12:30", "13:30")
    linked.sync()
    asked = linked.question()
    assert (asked.kind, asked.rule) == ("moved", "12:30 is inside your break, 12:00 to 13:00")
    assert linked.starts(appointment) == "10:00"


def test_it_asks_when_a_copy_is_deleted(linked):
    appointment = linked.book_at("10:00")
    linked.sync()
    linked.sandbox.delete_event(linked.upn, linked.copy()["id"])
    linked.settle()
    assert linked.question().kind == "deleted"
    assert linked.appointment(appointment).status == "approved"
