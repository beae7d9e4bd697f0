"""R12: busy time in Outlook blocks availability, if the setting is on."""

from tests.requirements.outlook import free_day
from tests.requirements.people import THE_DAY

BLOCKS = "Busy time in Outlook blocks bookings"
SHOWN_AS = "Show other entries in the panel as"


def test_busy_time_shows_in_the_calendar_and_refuses_a_booking(linked, outlook):
    outlook.block("10:30", "11:30")
    linked.finds(THE_DAY, "10:30–11:30")
    linked.appointment("11:00").sees("You are busy in Outlook from 10:30 to 11:30.")
    linked.press("Book anyway").sees("Booked for")


def test_busy_time_does_not_refuse_while_the_setting_is_off(linked, another, outlook):
    outlook.block("10:30", "11:30")
    linked.finds(THE_DAY, "10:30–11:30")
    another.sign_in("owner").settings({BLOCKS: False})
    linked.appointment("11:00").sees("Booked for")


def test_it_blocks_again_once_the_setting_is_on_again(linked, another, outlook):
    another.sign_in("owner").settings({BLOCKS: False})
    outlook.block("10:30", "11:30")
    another.settings({BLOCKS: True})
    linked.finds(THE_DAY, "10:30–11:30")
    linked.appointment("11:00").sees("You are busy in Outlook from 10:30 to 11:30.")


def test_time_that_is_free_in_outlook_does_not_block(linked, outlook):
    outlook.block("09:00", "10:00", "Radio", showAs="free")
    outlook.block("11:30", "12:00")
    linked.finds(THE_DAY, "11:30–12:00")
    linked.appointment("09:00").sees("Booked for")


def test_titles_are_only_ever_seen_by_their_owner(linked, another, outlook):
    another.sign_in("owner").settings({SHOWN_AS: "Busy, with their title"})
    outlook.block("10:30", "11:30")
    linked.finds(THE_DAY, "Dentist")
    another.open("/admin/appointments/new")
    another.page.get_by_label("Employee").select_option("Anna Berg")
    another.page.get_by_label("Service").select_option("Sports massage")
    another.page.get_by_label("Customer", exact=True).fill("Ines Carvalho")
    another.at("11:00").sees("Anna Berg is busy in Outlook from 10:30 to 11:30.")
    another.sees_not("Dentist")


def test_what_one_enters_by_hand_in_outlook_blocks(linked, outlook):
    page = linked.page
    page.goto(outlook.week)
    page.get_by_role("link", name="Add an entry").first.click()
    typed = {"Subject": "Vet", "From": "10:30", "To": "11:30"}
    days = {"Day": free_day(), "Until day": free_day()}
    for label, value in {**typed, **days}.items():
        page.get_by_label(label, exact=True).fill(value)
    linked.press("Save").sees("Vet")
    linked.finds(THE_DAY, "10:30–11:30")


def test_whole_days_block_only_where_the_setting_says_so(linked, another, outlook):
    another.sign_in("owner").settings({"All-day entries block as well": False})
    outlook.block_day("Fair")
    outlook.block("10:30", "11:30")
    linked.finds(THE_DAY, "10:30–11:30")
    linked.appointment("09:00").sees("Booked for")
