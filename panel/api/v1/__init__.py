"""The API for sites and scripts: JSON at /api/v1."""

from flask import Flask

from panel.api import free_times
from panel.api.v1 import door, problems
from panel.api.v1.appointments import appointments
from panel.api.v1.customers import customers
from panel.api.v1.document import document
from panel.api.v1.employees import employees
from panel.api.v1.services import services

PREFIX = "/api/v1"
PUBLIC = {document: "", free_times.pages: "", services: "/services", employees: "/employees"}
BY_TOKEN = {appointments: "/appointments", customers: "/customers"}


def init_app(app: Flask) -> None:
    """Hang the API into the application; its refusals are JSON, those of pages stay pages."""
    # Fields come in the order in which they are told, which is the one to read them in.
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.before_request(problems.answer_lost)
    for pages, place in (PUBLIC | BY_TOKEN).items():
        app.register_blueprint(pages, url_prefix=PREFIX + place)


for one in (*PUBLIC, *BY_TOKEN):
    problems.speak(one)
for one in PUBLIC:
    one.after_request(door.open_to_sites)
for one in BY_TOKEN:
    one.before_request(door.ask_for_token)
    one.before_request(door.know_the_place)
