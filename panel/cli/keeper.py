"""The keeper's commands: `flask --app wsgi COMMAND`."""

from datetime import datetime

import click
from flask import Blueprint, current_app

from panel.db.schema import bring_up_to_date
from panel.domain.errors import PanelError
from panel.services import keys, owners

commands = Blueprint("keeper", __name__, cli_group=None)


@commands.cli.command("upgrade")
def upgrade() -> None:
    """Bring the database up to this version of Panel, and see that its keys are there."""
    try:
        bring_up_to_date()
        keys.check(current_app.config["TOKEN_KEYS"])
    except PanelError as error:
        raise click.ClickException(str(error)) from error


@commands.cli.command("create-owner")
@click.option("--name", prompt="Name")
@click.option("--email", prompt="Address")
@click.password_option()
def create_owner(name: str, email: str, password: str) -> None:
    """Add a login that may do everything."""
    try:
        owner = owners.create_owner(name=name, email=email, password=password, now=_now())
    except PanelError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{owner.name} signs in as {owner.email}.")


@commands.cli.command("reset-password")
@click.argument("address")
@click.password_option()
def reset_password(address: str, password: str) -> None:
    """Give a login a new password; whoever is signed in with it is signed out."""
    try:
        user = owners.set_password(email=address, password=password)
    except PanelError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{user.email} has a new password.")


@commands.cli.command("first-owner")
def first_owner() -> None:
    """Print a one-time link for the first owner, where there is none yet."""
    key = owners.invite_first_owner(now=_now())
    if key is not None:
        click.echo("There is no owner yet. Open this link within 24 hours; it works once:")
        click.echo(f"  {current_app.config['PUBLIC_URL']}/first-owner/{key}")


def _now() -> datetime:
    now: datetime = current_app.extensions["panel"].now()
    return now
