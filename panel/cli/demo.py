"""Fill an empty panel with a studio to try it with."""

from datetime import datetime

import click
from flask import Blueprint, current_app

from panel.domain.errors import PanelError
from panel.services.demo import postbox, studio

commands = Blueprint("demo", __name__, cli_group=None)


@commands.cli.command("demo")
@click.option("--if-empty", is_flag=True, help="Say and do nothing where there is anything.")
@click.option("--smtp-port", type=int, help="Where the sandbox takes mail on this machine.")
def demo(if_empty: bool, smtp_port: int | None) -> None:
    """Add Linden Studio with its people and two weeks of work, into an empty database."""
    if if_empty and not studio.is_empty():
        if smtp_port:
            postbox.follow(smtp_port)
        return
    now: datetime = current_app.extensions["panel"].now()
    try:
        studio.make(keys=current_app.config["TOKEN_KEYS"], now=now, smtp_port=smtp_port)
    except PanelError as error:
        raise click.ClickException(str(error)) from error
    click.echo("Linden Studio is ready. Sign in as owner@panel.test with the password demo.")
