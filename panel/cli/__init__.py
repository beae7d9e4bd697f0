"""The keeper's commands (`flask --app wsgi …`)."""

from flask import Flask

from panel.cli import demo, keeper, sync


def init_app(app: Flask) -> None:
    """Hang the commands into the application."""
    app.register_blueprint(keeper.commands)
    app.register_blueprint(demo.commands)
    app.cli.add_command(sync.sync)
