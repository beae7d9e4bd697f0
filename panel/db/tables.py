"""Every table, so that one import knows the whole schema."""

from panel.db.alerts import Alert
from panel.db.appointments import Appointment, Booking
from panel.db.companies import Company
from panel.db.employees import Employee, employee_services
from panel.db.events import Attendance, Event, Occurrence, event_staff
from panel.db.installations import Installation
from panel.db.integrations import OutlookSettings
from panel.db.mailboxes import (
    Connection,
    Credential,
    Mailbox,
    RemoteCalendarRow,
    SignIn,
    Subscription,
    Traffic,
)
from panel.db.mails import Mail, MailSettings, MailTemplate
from panel.db.mirrors import BusyBlock, FormerCopy, Mirror, Push
from panel.db.offers import Category, Customer, Service, ServiceQuestion
from panel.db.pictures import Picture
from panel.db.programs import ApiToken, Repeatable
from panel.db.questions import Heartbeat, HeldDeletions, JournalEntry, Question
from panel.db.schedules import DayOff, SpecialDay, WorkPeriod
from panel.db.users import BookingAttempt, Invitation, SignInAttempt, User

__all__ = [
    "Alert",
    "ApiToken",
    "Appointment",
    "Attendance",
    "Booking",
    "BookingAttempt",
    "BusyBlock",
    "Category",
    "Company",
    "Connection",
    "Credential",
    "Customer",
    "DayOff",
    "Employee",
    "Event",
    "FormerCopy",
    "Heartbeat",
    "HeldDeletions",
    "Installation",
    "Invitation",
    "JournalEntry",
    "Mail",
    "MailSettings",
    "MailTemplate",
    "Mailbox",
    "Mirror",
    "Occurrence",
    "OutlookSettings",
    "Picture",
    "Push",
    "Question",
    "RemoteCalendarRow",
    "Repeatable",
    "Service",
    "ServiceQuestion",
    "SignIn",
    "SignInAttempt",
    "SpecialDay",
    "Subscription",
    "Traffic",
    "User",
    "WorkPeriod",
    "employee_services",
    "event_staff",
]
