"""What the clockwork does, and how often."""

from flask import Flask

from panel.jobs.clockwork import Job


def timetable(app: Flask) -> list[Job]:
    """Return the jobs of the panel."""
    return []


def see_to(mailbox_id: int) -> None:
    """Do all that this mailbox needs now."""
