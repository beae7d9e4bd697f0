"""A text laid out as a mail: paragraphs, facts and links, found by how they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader

# "When: Friday, 10:00". Longer words before a colon belong to a sentence.
_FACT = re.compile(r"(?P<word>[^\s:][^:\n]{0,39}): (?P<value>\S.*)")
# The words of a link may name a time: "Accept 12:30: https://…".
_LINK = re.compile(r"(?:(?P<words>[^\s:](?:[^:\n]|:(?=\d)){0,59}): )?(?P<href>https?://\S+)")
_GAP = re.compile(r"\n[ \t]*\n\s*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
PETROL = "#0b5c66"

_PAGES = Environment(
    loader=PackageLoader("panel.mail", "."), autoescape=True, trim_blocks=True, lstrip_blocks=True
)


@dataclass(frozen=True)
class Block:
    """One piece of a letter: `lines` of a paragraph, `facts` in two columns, or a link."""

    lines: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    href: str = ""
    words: str = ""


@dataclass(frozen=True)
class Look:
    """Whose letter it is. `accent` is a colour as #rrggbb, or empty for ours."""

    business: str
    accent: str = ""

    @property
    def colour(self) -> str:
        return self.accent if _COLOUR.fullmatch(self.accent) else PETROL

    @property
    def on_colour(self) -> str:
        """Black or white, whichever is easier to read on the colour: at least 4.5 to 1."""
        return "#ffffff" if _luminance(self.colour) < 0.179 else "#000000"


def blocks(text: str) -> list[Block]:
    """Return the pieces of a text.

    Empty lines divide paragraphs. A line that ends in an address becomes a link, and
    neighbouring lines like "When: Friday" become facts.
    """
    found: list[Block] = []
    for paragraph in _GAP.split(text.strip()):
        for line in paragraph.splitlines():
            _add(found, _read(line.strip()))
        found.append(Block())
    return [one for one in found if one != Block()]


def html(title: str, text: str, look: Look) -> str:
    """Return the letter as HTML in tables, which Outlook and Gmail show alike."""
    page = _PAGES.get_template("letter.html")
    return page.render(title=title, blocks=blocks(text), look=look)


def _read(line: str) -> Block:
    if link := _LINK.fullmatch(line):
        return Block(href=link["href"], words=link["words"] or link["href"])
    if fact := _FACT.fullmatch(line):
        return Block(facts=((fact["word"], fact["value"]),))
    return Block(lines=(line,))


def _add(found: list[Block], new: Block) -> None:
    """Put a line to the piece before it where both are of one kind."""
    last = found[-1] if found else Block()
    if (last.facts and new.facts) or (last.lines and new.lines):
        found[-1] = Block(last.lines + new.lines, last.facts + new.facts)
    else:
        found.append(new)


def _luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
