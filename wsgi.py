"""Where a server finds Panel: `gunicorn wsgi:app`."""

import config
from panel import create_app

app = create_app(config.read())
