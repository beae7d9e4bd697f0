"""Pictures that people upload: looked at by content, written anew, served by their digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageOps
from sqlalchemy import bindparam, select

from panel.db.base import db
from panel.db.tables import Picture
from panel.domain.errors import NotThere, RuleBroken
from panel.services.outbox import Transaction

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 25_000_000
# What is read, and as what it is kept.
KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}

_PICTURE = Picture.__table__.c
_BY_DIGEST = (
    select(_PICTURE.media_type, _PICTURE.content)
    .where(_PICTURE.digest == bindparam("digest"))
    .limit(1)
)


@dataclass(frozen=True)
class Served:
    """A picture as a browser gets it."""

    media_type: str
    content: bytes


def replace(
    session: Transaction,
    former_id: int | None,
    content: bytes | None,
    *,
    longest: int,
    field: str,
    now: datetime,
) -> int | None:
    """Put a picture into another one's place, in the caller's transaction; return its id.

    No content takes the former one away. Point to the new one in the same transaction.
    `longest` is as for `made_plain`. Raises RuleBroken on `field`.
    """
    made = None
    if content is not None:
        kind, plain = made_plain(content, longest=longest, field=field)
        made = Picture(
            media_type=KINDS[kind], content=plain, digest=sha256(plain).hexdigest(), created_at=now
        )
        session.add(made)
    # Whoever pointed at it is told by the database: its keys say SET NULL.
    former = session.get(Picture, former_id) if former_id is not None else None
    if former is not None:
        session.delete(former)
    session.flush()
    return made.id if made else None


def served(digest: str) -> Served:
    """Return the picture of this digest. Raises NotThere."""
    row = db.session.execute(_BY_DIGEST, {"digest": digest}).one_or_none()
    if row is None:
        raise NotThere("There is no such picture.")
    return Served(*row)


def digest_of(picture_id: int | None) -> str | None:
    """Return the digest that names a picture in its address, or None where there is none."""
    return db.session.scalar(select(Picture.digest).where(Picture.id == picture_id))


def made_plain(content: bytes, *, longest: int, field: str) -> tuple[str, bytes]:
    """Return the kind of a picture (PNG, JPEG, WEBP) and its pixels, written anew.

    What the file says of where and when it was taken, or hides behind its pixels, is left
    behind. Neither side is longer than `longest` pixels. Raises RuleBroken on `field`.
    """
    if len(content) > MOST_BYTES:
        raise RuleBroken("That file is larger than 2 MB. Choose a smaller one.", field)
    if b"<svg" in content[:1000].lower():
        raise RuleBroken("SVG files cannot be used. Save it as PNG, JPEG or WebP.", field)
    try:
        with Image.open(BytesIO(content), formats=tuple(KINDS)) as given:
            if given.width * given.height > MOST_PIXELS:
                raise RuleBroken("That picture has more than 25 million pixels.", field)
            kind = given.format or "PNG"
            upright = ImageOps.exif_transpose(given)
            upright.thumbnail((longest, longest))
            return kind, _written(upright, kind)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise RuleBroken(
            "That file is not a picture that browsers show. Choose a PNG, JPEG or WebP.", field
        ) from error


def _written(picture: Image.Image, kind: str) -> bytes:
    """Write the pixels alone into a file of this kind."""
    see_through = picture.has_transparency_data and kind != "JPEG"
    plain = picture.convert("RGBA" if see_through else "RGB")
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    made = BytesIO()
    bare.save(made, kind, quality=88, optimize=True)
    return made.getvalue()
