"""The kinds of mail: who gets them, when, and how we word them until the owner does."""

from __future__ import annotations

from panel.domain import mails_of_access, texts
from panel.domain.mail_kind import CUSTOMER, EMPLOYEE, FAREWELL, Kind

_VISIT = """\
What: %service_name%
When: %starts%
Instead of: %starts_before%
With: %employee_name%
Persons: %persons%
Where: %place%
Price: %price%"""
_AGENDA = """\
Customer: %customer_name%
Phone: %customer_phone%
Address: %customer_email%
What: %service_name%
When: %starts%
Persons: %persons%
Where: %place%
%answers%

%customer_note%

Open in Panel: %panel_url%"""
_EVENT = """\
What: %event_name%
When: %starts%
Instead of: %starts_before%
Places: %places%
Where: %place%
Price: %price%"""


def _to_customer(deed: str, words: str, occasion: str, title: str, said: str, link: str) -> Kind:
    text = f"Hello %customer_name%,\n\n{said}\n\n{_VISIT}\n\n{link}%manage_url%\n\n{FAREWELL}"
    return Kind(f"customer_{deed}", CUSTOMER, words, occasion, texts.MAIL_TO_CUSTOMER, title, text)


def _to_employee(
    deed: str, words: str, occasion: str, title: str, said: str, *, on: bool = True
) -> Kind:
    text = f"{said}\n\n{_AGENDA}"
    return Kind(
        f"employee_{deed}", EMPLOYEE, words, occasion, texts.MAIL_TO_EMPLOYEE, title, text, on
    )


def _to_attendee(deed: str, words: str, occasion: str, title: str, said: str, link: str) -> Kind:
    text = f"Hello %customer_name%,\n\n{said}\n\n{_EVENT}\n\n{link}%manage_url%\n\n{FAREWELL}"
    return Kind(f"attendee_{deed}", CUSTOMER, words, occasion, texts.MAIL_TO_ATTENDEE, title, text)


_CHANGE, _SEE = "Change or cancel: ", "See your booking: "

KINDS: dict[str, Kind] = {
    one.name: one
    for one in (
        _to_customer(
            "booked", "Booked", "An appointment is booked and approved.",
            "Booked: %service_name%, %starts_short%",
            "Your visit is booked. We look forward to seeing you.", _CHANGE,
        ),
        _to_customer(
            "pending", "Request received", "An appointment waits to be approved.",
            "We have your request: %service_name%, %starts_short%",
            "We have your request and keep the time for you. "
            "We write again as soon as it is confirmed.", _CHANGE,
        ),
        _to_customer(
            "approved", "Approved", "A pending appointment is approved.",
            "Confirmed: %service_name%, %starts_short%",
            "Your visit is confirmed. We look forward to seeing you.", _CHANGE,
        ),
        _to_customer(
            "rejected", "Rejected", "A pending appointment is rejected.",
            "Not confirmed: %service_name%, %starts_short%",
            "We are sorry, we cannot confirm this visit. You are welcome to choose another time.",
            _SEE,
        ),
        _to_customer(
            "changed", "Moved or changed",
            "An appointment gets another time, service or employee.",
            "New details: %service_name%, %starts_short%",
            "Something about your visit has changed. From now on this counts:", _CHANGE,
        ),
        _to_customer(
            "cancelled", "Cancelled", "An appointment is cancelled, by whomever.",
            "Cancelled: %service_name%, %starts_short%",
            "This visit is cancelled. The time is no longer kept for you.", _SEE,
        ),
        _to_customer(
            "reminder", "Reminder", "Before an appointment, as early as Settings, Booking say.",
            "Reminder: %service_name%, %starts_short%",
            "We look forward to seeing you soon.", _CHANGE,
        ),
        _to_employee(
            "booked", "Booked", "Somebody books an appointment with the employee.",
            "Booked: %service_name% with %customer_name%, %starts_short%",
            "There is a new appointment.",
        ),
        _to_employee(
            "pending", "To be approved", "An appointment with the employee waits to be approved.",
            "To be approved: %service_name% with %customer_name%, %starts_short%",
            "A new appointment waits to be approved or rejected.",
        ),
        _to_employee(
            "approved", "Approved", "Somebody else approves an appointment of the employee.",
            "Approved: %service_name% with %customer_name%, %starts_short%",
            "An appointment has been approved.",
        ),
        _to_employee(
            "rejected", "Rejected", "Somebody else rejects an appointment of the employee.",
            "Rejected: %service_name% with %customer_name%, %starts_short%",
            "An appointment has been rejected. The time is free again.",
        ),
        _to_employee(
            "changed", "Moved or changed",
            "Somebody else moves or changes an appointment of the employee.",
            "Changed: %service_name% with %customer_name%, %starts_short%",
            "An appointment has changed. From now on this counts:",
        ),
        _to_employee(
            "given", "Given to a colleague",
            "Somebody else gives an appointment of the employee to a colleague.",
            "%employee_name% takes over: %service_name% with %customer_name%, %starts_short%",
            "%employee_name% takes over this appointment. The time is free again.",
        ),
        _to_employee(
            "cancelled", "Cancelled", "Somebody else cancels an appointment of the employee.",
            "Cancelled: %service_name% with %customer_name%, %starts_short%",
            "An appointment has been cancelled. The time is free again.",
        ),
        _to_employee(
            "reminder", "Reminder", "Before an appointment, at the same time as the customer’s.",
            "Soon: %service_name% with %customer_name%, %starts_short%",
            "This appointment is coming up.", on=False,
        ),
        Kind(
            "employee_question", EMPLOYEE, "Decision needed",
            "An entry was moved, changed or deleted in Outlook, and somebody must decide.",
            texts.MAIL_ABOUT_OUTLOOK, "%question% %what%, %starts_short%",
            "%reason%\n\nWhat: %what%\nCustomer: %customer_name%\nIn Panel: %in_panel%\n"
            "In Outlook: %in_outlook%\n\n%choices%\n\nSee it in Panel: %panel_url%",
        ),
        Kind(
            "employee_held", EMPLOYEE, "Many entries gone",
            "So many entries are gone from an Outlook that it may be a mistake. "
            "The owner is told as well.",
            texts.MAIL_ABOUT_DELETIONS,
            "%deleted% of %upcoming% entries are gone from Outlook. Was it meant?",
            "Outlook says that %deleted% of the %upcoming% upcoming entries of %employee_name% "
            "are gone. Nothing is cancelled, no customer has been told, and their times stay "
            "taken until you answer.\n\n%some_of_them%\n\nSee which, and decide: %panel_url%",
        ),
        _to_attendee(
            "booked", "Places booked", "Somebody books places at an event.",
            "Booked: %event_name%, %starts_short%",
            "Your places are booked. We look forward to seeing you.", _CHANGE,
        ),
        _to_attendee(
            "changed", "Places or dates changed",
            "A date of an event is moved or falls out, or the places of a booking change.",
            "New details: %event_name%, %starts_short%",
            "Something about an event that you booked has changed. From now on this counts:",
            _CHANGE,
        ),
        _to_attendee(
            "cancelled", "Places cancelled", "Places at an event, or the event, are cancelled.",
            "Cancelled: %event_name%, %starts_short%",
            "This booking is cancelled.", _SEE,
        ),
        _to_attendee(
            "offered", "A place is free", "A place becomes free for somebody on the waiting list.",
            "A place is free: %event_name%, %starts_short%",
            "A place has become free, and it is yours if you take it until %offered_until%. "
            "After that we offer it to the next person on the list.", "Take the place: ",
        ),
        _to_attendee(
            "reminder", "Reminder of an event",
            "Before each date of an event, as early as Settings, Booking say.",
            "Reminder: %event_name%, %starts_short%",
            "We look forward to seeing you soon.", _CHANGE,
        ),
        *mails_of_access.KINDS,
    )
}  # fmt: skip
EVENT_REMINDER = "attendee_reminder"
REMINDERS = ("customer_reminder", "employee_reminder", EVENT_REMINDER)
# Without these nobody could sign in, so they cannot be switched off.
ALWAYS_ON = ("user_invitation", "user_reset")
