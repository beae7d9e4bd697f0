"""Pages: read the form, call one service, answer."""

from flask import Flask

from panel.web import (
    addresses,
    colours,
    drawn,
    errors,
    frame,
    lists,
    rights,
    security,
    session,
    typed,
    words,
)
from panel.web.appointments import appointments
from panel.web.attendances import attendances
from panel.web.auth import auth
from panel.web.backend import tabs
from panel.web.backend.api_tokens import backend_api_tokens
from panel.web.backend.appearance import backend_appearance
from panel.web.backend.booking_rules import backend_booking_rules
from panel.web.backend.categories import backend_categories
from panel.web.backend.checklist import backend_checklist
from panel.web.backend.customer_data import backend_customer_data
from panel.web.backend.employees import backend_employees
from panel.web.backend.installation import backend_installation
from panel.web.backend.integrations import backend_integrations
from panel.web.backend.journal import backend_journal
from panel.web.backend.leaving import backend_leaving
from panel.web.backend.logins import backend_logins
from panel.web.backend.notifications import backend_notifications
from panel.web.backend.outlook_options import backend_outlook_options
from panel.web.backend.outlook_setup import backend_outlook_setup
from panel.web.backend.overview import backend_overview
from panel.web.backend.photos import backend_photos
from panel.web.backend.service_questions import backend_service_questions
from panel.web.backend.services import backend_services
from panel.web.backend.settings import backend_settings
from panel.web.backend.sync import backend_sync
from panel.web.book.attending import book_attending
from panel.web.book.details import book_details
from panel.web.book.events import book_events
from panel.web.book.front import book_front
from panel.web.book.manage import book_manage
from panel.web.book.times import book_times
from panel.web.bookings import bookings
from panel.web.calendar import calendar
from panel.web.choose_password import choose_password
from panel.web.colours import colours as colour_sheets
from panel.web.customer_imports import customer_imports
from panel.web.customer_merging import customer_merging
from panel.web.customers import customers
from panel.web.door import door
from panel.web.event_dates import event_dates
from panel.web.events import events
from panel.web.first_owner import first_owner
from panel.web.outlook.actions import outlook_actions
from panel.web.outlook.callback import outlook_callback
from panel.web.outlook.held import outlook_held
from panel.web.outlook.questions import outlook_questions
from panel.web.pictures import pictures
from panel.web.profile import profile
from panel.web.schedule import schedule
from panel.web.theme import theme
from panel.web.today import today

PARTS = (
    addresses, typed, security, session, words, drawn, lists, frame, rights, errors, tabs, colours,
)  # fmt: skip
PAGES = (
    book_front, book_times, book_details, book_events, book_manage, book_attending,
    door, pictures, colour_sheets,
    first_owner, auth, choose_password, theme, today, calendar, profile,
    backend_overview, backend_customer_data, backend_employees, backend_services, backend_settings,
    backend_booking_rules, backend_appearance, backend_checklist, backend_logins, backend_journal,
    outlook_callback, backend_integrations, backend_outlook_setup, backend_outlook_options,
    backend_notifications, backend_api_tokens,
    backend_categories, backend_service_questions,
    backend_leaving, backend_photos, backend_sync, backend_installation,
)  # fmt: skip
CUSTOMERS = "appointments/<int:appointment_id>/bookings"
DATES = "events/<int:event_id>/dates"
ATTENDANCES = "events/<int:event_id>/attendances"
# These stand in the panel with one's own, and in the back end with everybody's.
BOTH = (
    (appointments, "/panel/appointments", "/admin/appointments"),
    (bookings, f"/panel/{CUSTOMERS}", f"/admin/{CUSTOMERS}"),
    (events, "/panel/events", "/admin/events"),
    (event_dates, f"/panel/{DATES}", f"/admin/{DATES}"),
    (attendances, f"/panel/{ATTENDANCES}", f"/admin/{ATTENDANCES}"),
    (customers, "/panel/customers", "/admin/customers"),
    (customer_merging, "/panel/customers/merge", "/admin/customers/merge"),
    (customer_imports, "/panel/customers/import", "/admin/customers/import"),
    (schedule, "/panel/profile", "/admin/employees/<int:employee_id>"),
    (outlook_questions, "/panel/questions", "/admin/questions"),
    (outlook_held, "/panel/held", "/admin/held"),
    (
        outlook_actions,
        "/panel/profile/outlook",
        "/admin/employees/<int:employee_id>/integrations/outlook",
    ),
)


def init_app(app: Flask) -> None:
    """Hang the pages into the application."""
    for part in PARTS:
        part.init_app(app)
    for pages in PAGES:
        app.register_blueprint(pages)
    for pages, in_panel, in_back_end in BOTH:
        app.register_blueprint(pages, url_prefix=in_panel)
        app.register_blueprint(pages, url_prefix=in_back_end, name=f"backend_{pages.name}")
