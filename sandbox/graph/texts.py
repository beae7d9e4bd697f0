"""Bodies: what Exchange makes of HTML and plain text."""

import re
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from typing import Any

META = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
BREAKS = frozenset(["br", "p", "div", "li", "tr", "h1", "h2", "h3", "hr"])
SILENT = frozenset(["head", "style", "script", "title"])


def shown(body: dict[str, str], *, text: bool) -> dict[str, Any]:
    """A body as Graph answers it: HTML, wrapped, unless plain text was asked for."""
    kind, content = body["contentType"], body["content"]
    if text:
        return {"contentType": "text", "content": as_text(kind, content)}
    return {"contentType": "html", "content": _as_html(kind, content)}


@lru_cache(maxsize=4096)
def as_text(kind: str, content: str) -> str:
    """The words of a body."""
    if kind == "text" or not content:
        return content
    reader = _Words()
    reader.feed(content)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.words)).strip().replace("\n", "\r\n")


def preview(body: dict[str, str]) -> str:
    """The first 255 characters, without empty lines."""
    words = as_text(body["contentType"], body["content"])
    return re.sub(r"[ \t]*\r?\n\s*", "\r\n", words).strip()[:255]


@lru_cache(maxsize=4096)
def _as_html(kind: str, content: str) -> str:
    if kind == "text" and content:
        lines = escape(content, quote=False).replace("\r\n", "\n").replace("\n", "<br>\r\n")
        content = f'<div class="PlainText">{lines}</div>'
    return _wrapped(content) if content else ""


def _wrapped(content: str) -> str:
    if re.match(r"\s*<html", content, re.IGNORECASE):
        if "http-equiv" in content:
            return content
        if re.search(r"<head[^>]*>", content, re.IGNORECASE):
            return re.sub(r"(<head[^>]*>)", rf"\1\r\n{META}", content, count=1, flags=re.I)
        return re.sub(r"(<html[^>]*>)", rf"\1<head>\r\n{META}</head>", content, count=1, flags=re.I)
    return f"<html><head>\r\n{META}</head><body>{content}</body></html>"


class _Words(HTMLParser):
    """Collects text, and a line break where HTML has one."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag in BREAKS and self.words and not self.words[-1].endswith("\n"):
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in BREAKS and self.words and not self.words[-1].endswith("\n"):
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        words = re.sub(r"\s+", " ", data)
        if not self.silent and words != " ":
            self.words.append(words)
