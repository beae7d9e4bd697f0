"""The keeper's commands: `flask --app wsgi COMMAND`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from flask import Blueprint, current_app
from sqlalchemy.exc import OperationalError, ProgrammingError

from panel.db.backup import copy_to
from panel.db.schema import bring_up_to_date
from panel.domain.errors import PanelError
from panel.domain.people import Actor
from panel.services import api_tokens, installation, keys, owners, restoring

commands = Blueprint("keeper", __name__, cli_group=None)
NOT_READY = "The database cannot be used yet. Type  flask --app wsgi upgrade  first."
# Whoever may run commands here may read the database too.
KEEPER = Actor(None, "the command line", "owner")


@commands.cli.command("upgrade")
def upgrade() -> None:
    """Bring the database up to this version of Panel, and see that its keys are there."""
    with _refusals():
        bring_up_to_date()
        keys.check(current_app.config["TOKEN_KEYS"])


@commands.cli.command("create-owner")
@click.option("--name", prompt="Name")
@click.option("--email", prompt="Email")
@click.password_option()
def create_owner(name: str, email: str, password: str) -> None:
    """Add a login that may do everything."""
    with _refusals():
        owner = owners.create_owner(name=name, email=email, password=password, now=_now())
    click.echo(f"{owner.name} signs in as {owner.email}.")
    click.echo(f"  {_address('sign-in')}")


@commands.cli.command("reset-password")
@click.argument("address")
@click.password_option()
def reset_password(address: str, password: str) -> None:
    """Give a login a new password; whoever is signed in with it is signed out."""
    with _refusals():
        user = owners.set_password(email=address, password=password, now=_now())
    click.echo(f"{user.email} has a new password, and is signed out everywhere.")
    if not user.active:
        click.echo("This login is switched off. An owner can switch it on in the back end.")


@commands.cli.command("first-owner")
def first_owner() -> None:
    """Print a one-time link for the first owner, where there is none yet."""
    with _refusals():
        key = owners.invite_first_owner(now=_now())
    if key is not None:
        click.echo("There is no owner yet. Open this link within 24 hours; it works once:")
        click.echo(f"  {_address(f'first-owner/{key}')}")


@commands.cli.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Copy the database into FILE, also while Panel runs."""
    with _refusals():
        size = copy_to(file.expanduser().absolute())
    click.echo(f"The whole database is in {file} ({size / 1_000_000:,.1f} MB).")
    click.echo(
        f"Its keys are not: keep secret_key and token_keys of "
        f"{current_app.config['DATA_DIR']} too, in another place."
    )


@commands.cli.command("api-token")
@click.argument("name")
def api_token(name: str) -> None:
    """Make a token for a program, and print it this one time."""
    with _refusals():
        click.echo(api_tokens.make(name, by=KEEPER, now=_now()))


@commands.cli.command("restored")
@click.option("--go-on", is_flag=True, help="Write again, once what differs has been looked at.")
def restored(go_on: bool) -> None:
    """Say that a held database was restored, and compare it with every calendar."""
    with _refusals():
        if go_on:
            restoring.go_on(by=KEEPER, now=_now())
            click.echo("Panel writes to Outlook again. What differs waits for a decision.")
            return
        restoring.restored(_place(), by=KEEPER, now=_now())
    click.echo("Every calendar is read and compared. Look at Sync health before you go on.")


@commands.cli.command("copied")
@click.confirmation_option(prompt="This ends every Outlook connection of this copy. Go on?")
def copied() -> None:
    """Say that a held database is a copy: its connections end, and it stands for itself."""
    with _refusals():
        count = restoring.copied(_place(), by=KEEPER, now=_now())
    click.echo(f"{count} connections ended. Nothing was changed in any Outlook.")


@commands.cli.command("admit-machine")
def admit_machine() -> None:
    """Let this machine work on the database too, once, before its first start."""
    place = _place()
    with _refusals():
        name = installation.admit(place, now=_now())
    click.echo(f"{place.machine} may work on installation {name}.")


def _place() -> installation.Place:
    place: installation.Place = current_app.extensions["panel"].place
    return place


@commands.cli.command("rotate-keys")
def rotate_keys() -> None:
    """Seal everything with the newest key of TOKEN_KEYS, also while Panel runs."""
    ring = current_app.config["TOKEN_KEYS"]
    with _refusals():
        count = keys.rotate(ring)
    click.echo(f"{count} secrets were sealed with the newest key; all others were already.")
    if len(ring) == 1:
        click.echo("TOKEN_KEYS names one key only. Put a newer one before it to change it.")
    else:
        click.echo("Older keys can go once every process has started with the newest one.")


@contextmanager
def _refusals() -> Iterator[None]:
    """Say in a sentence, without a trace, what the keeper can put right."""
    try:
        yield
    except PanelError as error:
        raise click.ClickException(str(error)) from error
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException(f"{NOT_READY}\n({error.orig})") from error


def _address(path: str) -> str:
    return f"{current_app.config['PUBLIC_URL']}/{path}"


def _now() -> datetime:
    now: datetime = current_app.extensions["panel"].now()
    return now
