"""Every table, so that one import knows the whole schema."""

from panel.db.appointments import Appointment, Booking
from panel.db.companies import Company
from panel.db.employees import Employee, employee_services
from panel.db.events import Event, Occurrence, event_staff
from panel.db.integrations import OutlookSettings
from panel.db.mailboxes import Connection, Credential, Mailbox, RemoteCalendarRow, SignIn
from panel.db.mirrors import BusyBlock, Mirror, Push
from panel.db.offers import Customer, Service
from panel.db.questions import Heartbeat, JournalEntry, Question
from panel.db.schedules import DayOff, SpecialDay, WorkPeriod
from panel.db.users import Invitation, SignInAttempt, User

__all__ = [
    "Appointment",
    "Booking",
    "BusyBlock",
    "Company",
    "Connection",
    "Credential",
    "Customer",
    "DayOff",
    "Employee",
    "Event",
    "Heartbeat",
    "Invitation",
    "JournalEntry",
    "Mailbox",
    "Mirror",
    "Occurrence",
    "OutlookSettings",
    "Push",
    "Question",
    "RemoteCalendarRow",
    "Service",
    "SignIn",
    "SignInAttempt",
    "SpecialDay",
    "User",
    "WorkPeriod",
    "employee_services",
    "event_staff",
]
