"""What waits for a decision, in a real browser: open to everybody, and never sideways."""

from datetime import UTC, datetime, timedelta

import pytest

from panel import create_app
from panel.db.base import db
from panel.db.tables import Appointment, Employee, HeldDeletions
from panel.domain.moments import iso_span
from tests import make
from tests.services import outlook_rows
from tests.support.axe import findings
from tests.support.servers import PanelServer
from tests.support.settings import settings

pytestmark = pytest.mark.browser


@pytest.fixture
def studio(tmp_path, sqlite_template):
    """The demonstration, where much was moved and deleted in Anna's Outlook."""
    sqlite_template.lay(tmp_path)
    server = PanelServer(tmp_path, RATE_LIMITS="off")
    assert server.flask("demo").returncode == 0
    with create_app(settings(tmp_path)).app_context():
        server.asked = asked()
        db.session.remove()
    yield server.start()
    server.kill()


def asked() -> list[int]:
    """Leave questions of every look about Anna's next appointments; return their ids."""
    anna = db.session.scalars(db.select(Employee).filter_by(name="Anna Berg")).one()
    now = datetime.now(UTC)
    coming = db.select(Appointment).filter_by(employee_id=anna.id, status="approved")
    rows = db.session.scalars(coming.where(Appointment.starts > now).limit(5)).all()
    mailbox = outlook_rows.calendar(anna).mailbox_id
    held = make.save(
        HeldDeletions(mailbox_id=mailbox, employee_id=anna.id, upcoming=3, opened_at=now)
    )
    kept = {"state": "gone", "held_deletions_id": held.id}
    first, moved, deleted, followed = (
        outlook_rows.mirror(row, mailbox, **more)
        for row, more in zip(rows, (kept, {}, {"state": "gone"}, {}), strict=False)
    )
    here = iso_span(rows[0].starts, rows[0].ends)
    there = iso_span(rows[0].starts + timedelta(hours=2), rows[0].ends + timedelta(hours=2))
    both, soon = {"here": here, "there": there}, now + timedelta(hours=1)
    outlook_rows.question(moved, facts={**both, "rule": "12:30 is inside your break"})
    outlook_rows.question(deleted, kind="deleted", facts={"here": here}, acts_at=soon)
    outlook_rows.question(
        followed, kind="followed", facts={**both, "told": ["Ines Carvalho"]}, acts_at=soon
    )
    return [one.subject_id for one in (first, moved, deleted, followed)]


def enter(page, studio, who):
    page.goto(f"{studio.url}/sign-in")
    page.get_by_label("Email").fill(f"{who}@panel.test")
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def test_they_have_no_findings_and_never_scroll_sideways(page, studio):
    enter(page, studio, "anna")
    paths = [f"/panel/appointments/{one}" for one in studio.asked]
    for path in ["/panel/", "/panel/held/1", "/panel/questions/1", *paths]:
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            page.goto(f"{studio.url}{path}")
            assert (path, findings(page)) == (path, [])
        page.set_viewport_size({"width": 360, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
