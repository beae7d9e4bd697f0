"""The text of an entry in Outlook: one block of it is Panel's, the rest is the employee's.

Exchange wraps and rewrites the HTML it is given, so texts are never compared as HTML.
They are compared folded: without tags, with every run of white space one space.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import NamedTuple

# No text of a person can hold these lines, because fold() turns their double strokes into
# plain ones. So a customer cannot end Panel's block from inside.
STROKES = "\u2550\u2550\u2550"
FIRST_LINE = f"{STROKES} From Panel {STROKES}"
LAST_LINE = f"{STROKES} Below this line: your own notes {STROKES}"

SUBJECT_LIMIT = 255

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0e\ufe0f]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_LINE_END = re.compile(r"\r?\n|[\r\x0b\x0c\u2028\u2029]")

# Written so that a stranger's malformed HTML costs linear time: nothing is tried twice, and
# what is never closed goes on to the end, as in a browser.
_PIECE = re.compile(
    r"""(?P<skip> <!--(?:.*?-->|.*+)
                | <(?P<name>style|script|title)\b[^<>]*+>(?:.*?</(?P=name)\s*+>|.*+))
      | (?P<tag> </?+(?P<element>[a-z][a-z0-9:-]*+)(?:"[^"]*+"|'[^']*+'|[^"'<>]++){0,400}+>
               | <[!?][^<>]*+>)
      | (?P<entity> &(?:\#[0-9]{1,7}|\#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});)
      | (?P<text> [^<&]++ | [<&])""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_WITHIN_A_WORD = frozenset(
    ["a", "abbr", "b", "big", "code", "em", "font", "i", "o:p", "s", "small", "span"]
    + ["strong", "sub", "sup", "u"]
)
_NEVER_CLOSED = frozenset(["br", "hr", "img", "meta", "link", "input", "col", "wbr"])


class _Glyph(NamedTuple):
    """One character a reader sees, and where in the HTML it is written."""

    char: str
    start: int
    end: int


def fold(text: str) -> str:
    """A plain text in the form in which two texts are compared. Folding twice changes nothing."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", _writable(text))).strip()


def fold_html(html: str) -> str:
    """What a reader of the HTML sees, folded."""
    return fold("".join(glyph.char for glyph in _glyphs(html)))


def one_line(text: str, limit: int = SUBJECT_LIMIT) -> str:
    """A title as Outlook keeps it: one line, no control characters, not too long."""
    return _SPACE.sub(" ", _CONTROL.sub("", text)).strip()[:limit].rstrip()


def read_block(html: str) -> str | None:
    """Panel's block, folded; None where the employee removed it or one of its two lines."""
    glyphs = _folded(html)
    found = _block(glyphs)
    if found is None:
        return None
    inside = glyphs[found[0] + len(FIRST_LINE) : found[1] - len(LAST_LINE)]
    return fold("".join(glyph.char for glyph in inside))


def put_block(existing_html: str | None, block_text: str) -> str:
    """The HTML with Panel's block in it: replaced where it stands, else set at the top.

    Everything outside the block stays as it is, to the letter.
    """
    block = _written(block_text)
    if existing_html is None or not existing_html.strip():
        return f"<html><body><div>{block}</div><br></body></html>"
    glyphs = _folded(existing_html)
    found = _block(glyphs)
    if found is None:
        top = _top(existing_html)
        return f"{existing_html[:top]}<div>{block}</div><br>{existing_html[top:]}"
    start, end = glyphs[found[0]].start, glyphs[found[1] - 1].end
    unpaired = _unpaired_tags(existing_html[start:end])
    return existing_html[:start] + block + unpaired + existing_html[end:]


def _writable(text: str) -> str:
    """The text without what XML forbids and without the double strokes of our lines."""
    return _CONTROL.sub("", text).replace("\u2550", "=")


def _written(block_text: str) -> str:
    lines = (escape(_writable(line).strip()) for line in _LINE_END.split(block_text))
    return "<br>".join((FIRST_LINE, *lines, LAST_LINE))


def _top(html: str) -> int:
    """Where the text of the HTML begins."""
    body = re.search(r"<body\b[^>]*>", html, re.IGNORECASE)
    return body.end() if body else 0


def _glyphs(html: str) -> Iterator[_Glyph]:
    for piece in _PIECE.finditer(html):
        start, end = piece.span()
        if piece["text"]:
            yield from (_Glyph(char, start + i, start + i + 1) for i, char in enumerate(piece[0]))
        elif piece["entity"]:
            yield from (_Glyph(char, start, end) for char in unescape(piece[0]))
        elif (piece["element"] or "").lower() not in _WITHIN_A_WORD:
            yield _Glyph(" ", start, end)


def _folded(html: str) -> list[_Glyph]:
    """The characters of the HTML with white space folded, but with the lines' own strokes."""
    folded: list[_Glyph] = []
    for glyph in _glyphs(html):
        if _INVISIBLE.match(glyph.char) or _CONTROL.match(glyph.char):
            continue
        if glyph.char.isspace():
            if folded and folded[-1].char != " ":
                folded.append(glyph._replace(char=" "))
        else:
            folded.append(glyph)
    return folded


def _block(glyphs: list[_Glyph]) -> tuple[int, int] | None:
    """From the first character of the first line to behind the last one of the last line."""
    text = "".join(glyph.char for glyph in glyphs)
    start = text.find(FIRST_LINE)
    last = text.find(LAST_LINE, start + len(FIRST_LINE))
    return None if start < 0 or last < 0 else (start, last + len(LAST_LINE))


def _unpaired_tags(html: str) -> str:
    """The tags of a cut that open or close something outside it."""
    closing: list[tuple[str, str]] = []
    opening: list[tuple[str, str]] = []
    for piece in _PIECE.finditer(html):
        name, tag = (piece["element"] or "").lower(), piece[0]
        if not name or name in _NEVER_CLOSED or tag.endswith("/>"):
            continue
        if not tag.startswith("</"):
            opening.append((name, tag))
        elif opening and opening[-1][0] == name:
            opening.pop()
        else:
            closing.append((name, tag))
    # Closing one paragraph only to open another: what follows may as well stay in the first.
    while closing and opening and closing[-1][0] == opening[0][0]:
        closing.pop()
        opening.pop(0)
    return "".join(tag for _, tag in closing + opening)
