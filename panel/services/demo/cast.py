"""Who works at Linden Studio, what it offers, and who comes."""

from __future__ import annotations

from panel.domain.people import PERMISSIONS
from panel.services.employees import Details
from panel.services.offers import Offer
from panel.services.service_questions import Question

ZONE = "Europe/London"
COMPANY = {
    "name": "Linden Studio", "zone": ZONE, "phone": "0117 496 0100", "currency": "GBP",
    "address": "14 Cheltenham Road, Bristol",
}  # fmt: skip
SENDER = "hello@linden-studio.example"
PASSWORD = "demo"  # noqa: S105
CLIENT_ID = "00001111-aaaa-2222-bbbb-3333cccc4444"
CLIENT_SECRET = "s3cret~value+/=&"  # noqa: S105

OWNER, MANAGER = ("Ruth Linden", "owner@panel.test"), ("Mia Holt", "mia@panel.test")

PLACE = "14 Cheltenham Road, Bristol"
# Headings in their order, each with what stands under it.
CATEGORIES = {
    "Massage": ("sports", "deep"),
    "Pilates": ("pilates", "group"),
    "Physiotherapy": ("physio", "posture"),
}
QUESTIONS = {
    "sports": (
        Question("Where does it hurt?", "choice", ("Neck", "Shoulders", "Back", "Legs")),
        Question("Is there anything I should know?"),
    ),
    "group": (
        Question("Have you done Pilates before?", "choice", ("Never", "A little", "Often"), True),
        Question("I am fit enough for sport", "tick", required=True),
    ),
}
OFFERS = {
    "sports": Offer(
        "Sports massage", 60, 1, "For tired or overworked muscles.", 0, 15, 5800, PLACE
    ),
    "deep": Offer(
        "Deep tissue massage", 90, 3, "Slow and firm, for old knots.", 0, 15, 8200, PLACE
    ),
    "posture": Offer(
        "Posture check", 30, 6, "A look at how you stand, sit and lift.", 0, 0, 3000, PLACE
    ),
    "pilates": Offer("Pilates, one to one", 60, 2, "On the reformer.", 0, 0, 5200, PLACE),
    "group": Offer(
        "Group Pilates",
        45,
        7,
        "Up to 6 people, all levels.",
        0,
        0,
        1600,
        PLACE,
        capacity=6,
        least=3,
    ),  # fmt: skip
    "physio": Offer("Physiotherapy", 45, 4, "Treatment after an injury.", 0, 15, 6000, PLACE),
}

Hours = tuple[tuple[int, ...], int, int]

# Address, details, permissions, services and work hours (weekdays, from, to) in minutes.
EMPLOYEES: dict[str, tuple[str, Details, tuple[str, ...], tuple[str, ...], tuple[Hours, ...]]] = {
    "anna": (
        "anna@panel.test",
        Details("Anna Berg", ZONE, "Massage therapist", "0117 496 0142", 1),
        tuple(PERMISSIONS),
        ("sports", "deep", "posture"),
        (((0, 1, 2), 540, 1020), ((3,), 660, 1170), ((4,), 540, 900), ((5,), 570, 750)),
    ),
    "ben": (
        "ben@panel.test",
        Details("Ben Ode", ZONE, "Pilates teacher", "0117 496 0143", 2),
        tuple(PERMISSIONS),
        ("pilates", "group"),
        (((0, 2, 3, 4), 540, 1020), ((1,), 600, 1140)),
    ),
    "carla": (
        "carla@panel.test",
        Details("Carla Ruiz", ZONE, "Physiotherapist", "0117 496 0144", 4),
        (),
        ("physio", "posture", "sports", "deep"),
        (((0, 1, 2, 3), 510, 1020), ((4,), 510, 840)),
    ),
}
BREAK = (720, 780)

# Each keeps to one employee, so that nobody is in two rooms of the studio at once.
CUSTOMERS = {
    "anna": (
        "Ines Carvalho", "Tom Hale", "Priya Nair", "Mei Tanaka", "Hugh Barlow", "Lucy Grant",
        "Sadie Marsh", "Oliver Penn", "Rosa Pike", "Nell Archer", "Jonas Weir", "Kit Sorrell",
        "Dana Ross", "Frank Abbott",
    ),
    "ben": (
        "Amara Obi", "Callum Reid", "Esme Lowell", "George Pym", "Hana Sato", "Isaac Fenn",
        "Joan Whitby", "Leo Marchetti", "Nadia Khan", "Owen Price", "Tessa Bloom", "Wilf Garner",
    ),
    "carla": (
        "Alice Thorne", "Bruno Keller", "Chloe Danvers", "Derek Moss", "Edie Larkin",
        "Finn Gallagher", "Greta Holm", "Henry Stubbs", "Ivy Nolan", "Marco Bellini",
        "Ola Nowak", "Peggy Shaw",
    ),
}  # fmt: skip
NOTES = {
    "Ines Carvalho": "Left shoulder, please. It is worse in the mornings.",
    "Tom Hale": "Right knee, I run a lot.",
    "Priya Nair": "Please ring the upper bell.",
    "Esme Lowell": "First time on the reformer.",
    "Henry Stubbs": "I bring the X-rays.",
}
