"""Where a server finds the panel: `gunicorn wsgi:app`, `flask --app wsgi …`.

The only place that starts the clockwork, and only where a server loads it.
"""

import atexit

import config
from panel import create_app
from panel.jobs.clockwork import Clockwork
from panel.jobs.timetable import see_to, timetable

app = create_app(config.read())

if app.config["CLOCKWORK"]:
    clockwork = Clockwork(app, timetable(app), see_to)
    app.extensions["panel"].wake = clockwork.wake
    clockwork.start()
    atexit.register(clockwork.stop)
