"""Where a server finds the panel: `gunicorn wsgi:app`, `flask --app wsgi …`.

The only place that starts the clockwork, and only where a server loads it.
"""

import atexit
import gc
import logging
import sys

import config
from panel import create_app
from panel.jobs.clockwork import Clockwork
from panel.jobs.timetable import see_to, timetable
from panel.services import installation, keys
from panel.services.sealing import Unreadable
from panel.services.waking import after_commit

try:
    app = create_app(config.read())
    if app.config["CLOCKWORK"]:
        with app.app_context():
            keys.check(app.config["TOKEN_KEYS"])
            guests = app.extensions["panel"]
            installation.check(guests.place, now=guests.now())
except (config.Misconfigured, Unreadable) as error:
    sys.exit(f"Panel cannot start. {error}")

if app.config["CLOCKWORK"]:
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("panel").setLevel(logging.INFO)
    clockwork = Clockwork(app, timetable(app), see_to)
    after_commit(clockwork.wake)
    clockwork.start()
    atexit.register(clockwork.stop)

# What is loaded now stays. A search or a page makes thousands of rows and lets them go at once:
# looking for rings among all of this each 700 of them took a quarter of a search's time.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
