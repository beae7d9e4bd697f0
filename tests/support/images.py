"""Pictures to upload, made on the spot."""

from io import BytesIO
from typing import Any

from PIL import Image


def picture(
    kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **more: Any
) -> bytes:
    """Return a file of this kind, all in one colour."""
    made = BytesIO()
    Image.new(mode, size, "teal").save(made, kind, **more)
    return made.getvalue()


def opened(content: bytes) -> Image.Image:
    """Read a file back."""
    return Image.open(BytesIO(content))
