"""How the business looks to its customers: logo, colour, and the sites that may show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from panel.db.base import db, writing
from panel.db.tables import Company, Picture
from panel.domain import accent as colours
from panel.domain import embedding
from panel.domain.people import Actor
from panel.services import pictures
from panel.services.company import current

# Ours, where a business has none of its own.
PETROL = "#0b5c66"
# Drawn 64 pixels high at most, on screens with up to four for one.
LONGEST_LOGO = 640


@dataclass(frozen=True)
class Appearance:
    """What the public pages are drawn with. `logo` is the digest of a picture, or None."""

    name: str
    accent: str
    logo: str | None
    embed_origins: str


def shown() -> Appearance:
    """Return how the business looks, in one statement."""
    row = db.session.execute(
        select(Company.name, Company.accent, Picture.digest, Company.embed_origins)
        .join(Picture, Picture.id == Company.logo_id, isouter=True)
        .where(Company.id == 1)
    ).one_or_none()
    return Appearance(*row) if row else Appearance("Panel", "", None, "")


def edit(*, accent: str, embed_origins: str, by: Actor) -> None:
    """Set the colour (#rrggbb, nothing for ours) and the sites that may frame the booking page.

    Only the owner may. Raises RuleBroken.
    """
    by.must_own()
    chosen, allowed = colours.colour(accent), embedding.origins(embed_origins)
    with writing() as session:
        company = current()
        company.accent = "" if chosen == PETROL else chosen
        company.embed_origins = allowed
        session.add(company)


def set_logo(content: bytes | None, *, by: Actor, now: datetime) -> None:
    """Show another logo, a PNG, JPEG or WebP; without content none. Only the owner may.

    Raises RuleBroken.
    """
    by.must_own()
    with writing() as session:
        company = current()
        company.logo_id = pictures.replace(
            session, company.logo_id, content, longest=LONGEST_LOGO, field="logo", now=now
        )
        session.add(company)


def frame_ancestors(company: Company) -> str:
    """Return who may frame the booking page, for `frame-ancestors` of its policy.

    A page that sends it must leave X-Frame-Options out: browsers would obey the stricter one.
    """
    return embedding.frame_ancestors(company.embed_origins)
