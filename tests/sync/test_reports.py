"""What programs are told agrees with what stands in Outlook."""

from panel.services.copy_reports import reports


def test_it_is_in_outlook_once_it_stands_there(linked):
    booked = linked.book_at("10:00")
    assert report(linked, booked).state == "waiting"
    linked.agree()
    told = report(linked, booked)
    assert told.state == "in_outlook" and told.confirmed_at is not None
    assert linked.copy() and told.event_id == linked.mirror().remote_id


def test_what_is_cancelled_has_no_place_there(linked):
    booked = linked.book_at("10:00")
    linked.agree()
    linked.cancel(booked)
    assert report(linked, booked).state == "waiting"
    linked.agree()
    assert report(linked, booked).state is None and linked.there() == []


def report(office, booked):
    return reports([office.appointment(booked)])[booked.id]
