"""A business's own colour, made readable: its lightness moves until words on it can be read."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass
from functools import lru_cache

from panel.domain.errors import RuleBroken

# What WCAG asks of text.
ENOUGH = 4.5
COLOUR = re.compile(r"#?([0-9a-f]{6})", re.ASCII)
# The grounds that words in this colour stand on, as in tokens.css: page, card, well.
LIGHT_GROUNDS = ("#f3f6f6", "#ffffff", "#e9eeef")
DARK_GROUNDS = ("#0d1416", "#141d20", "#0a1012")
_STEPS = 200


@dataclass(frozen=True)
class Shades:
    """One theme's colours, each #rrggbb.

    `fill` with `hover` and `press` carry the words `on`; `ink` are words on the page, on a
    card and on `soft`, the wash of what is chosen.
    """

    fill: str
    hover: str
    press: str
    on: str
    ink: str
    soft: str


def colour(typed: str) -> str:
    """Return a colour as #rrggbb in small letters; nothing where nothing was typed.

    Raises RuleBroken.
    """
    clean = typed.strip().lower()
    found = COLOUR.fullmatch(clean)
    if clean and not found:
        raise RuleBroken("Write the colour like #0b5c66.", "accent")
    return f"#{found[1]}" if found else ""


@lru_cache(maxsize=64)
def in_light(accent: str) -> Shades:
    """Return the shades of #rrggbb on light pages: as dark as white words on it need."""
    fill = _moved(accent, ("#ffffff", *LIGHT_GROUNDS), darker=True)
    soft = mixed(fill, "#ffffff", 0.13)
    return Shades(
        fill=fill,
        hover=mixed("#000000", fill, 0.15),
        press=mixed("#000000", fill, 0.3),
        on="#ffffff",
        ink=_moved(fill, (soft, *LIGHT_GROUNDS), darker=True),
        soft=soft,
    )


@lru_cache(maxsize=64)
def in_dark(accent: str) -> Shades:
    """Return the shades of #rrggbb on dark pages: as light as dark words on it need."""
    on = mixed(accent, "#000000", 0.15)
    fill = _moved(accent, (on, *DARK_GROUNDS), darker=False)
    soft = mixed(fill, "#141d20", 0.15)
    return Shades(
        fill=fill,
        hover=mixed("#ffffff", fill, 0.2),
        press=mixed("#ffffff", fill, 0.4),
        on=on,
        ink=_moved(fill, (soft, *DARK_GROUNDS), darker=False),
        soft=soft,
    )


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 counts it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """Mix `share` of one colour (0 to 1) into another."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return _written(*(a * share + b * (1 - share) for a, b in pairs))


def _moved(start: str, beside: tuple[str, ...], *, darker: bool) -> str:
    """Move the lightness as little as it takes to be read beside all these colours."""
    hue, lightness, saturation = rgb_to_hls(*_parts(start))
    end = 0.0 if darker else 1.0
    for step in range(_STEPS):
        there = lightness + (end - lightness) * step / _STEPS
        found = start if step == 0 else _written(*hls_to_rgb(hue, there, saturation))
        if all(contrast(found, one) >= ENOUGH for one in beside):
            return found
    return _written(end, end, end)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _written(*parts: float) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
