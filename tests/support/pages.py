"""A page as a visitor meets it, and what every page must hold to."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
POINTERS = {"for", "aria-labelledby", "aria-describedby", "aria-controls", "form", "list"}
SILENT = {"script", "style", "template"}


@dataclass(eq=False, repr=False)
class Tag:
    """One element; `text` is all that stands in it, blanks folded."""

    name: str
    attrs: dict[str, str]
    parent: "Tag | None" = None
    children: list["Tag | str"] = field(default_factory=list)
    # All tags of the page as they open, our place there, and how many we hold with ourselves.
    page: list["Tag"] = field(default_factory=list)
    place: int = 0
    size: int = 1

    def __repr__(self) -> str:
        # What a failing test shows of it: each holds its parent, and that all of the page.
        return f"<{self.name}>"

    def walk(self) -> list["Tag"]:
        return self.page[self.place + 1 : self.place + self.size]

    def all(self, *names: str) -> list["Tag"]:
        return [tag for tag in self.walk() if tag.name in names]

    @cached_property
    def labels(self) -> dict[str, "Tag"]:
        """The first label in here for each id."""
        found = [(tag.attrs.get("for", ""), tag) for tag in self.all("label")]
        return dict(reversed(found))

    @property
    def text(self) -> str:
        return " ".join("".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.name not in SILENT:
                yield " "
                yield from child._words()
                yield " "


class Reader(HTMLParser):
    """Builds the tree of a page with nothing but the standard library."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = self.at = Tag("", {})
        self.page = self.root.page
        self.page.append(self.root)
        self.feed(html)
        self.close()
        for tag in reversed(self.page[1:]):
            tag.parent.size += tag.size

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        new = Tag(tag, named, self.at, page=self.page, place=len(self.page))
        self.at.children.append(new)
        self.page.append(new)
        if tag not in VOID:
            self.at = new

    def handle_endtag(self, tag: str) -> None:
        place: Tag | None = self.at
        while place is not None and place.name != tag:
            place = place.parent
        if place is not None and place.parent is not None:
            self.at = place.parent

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def read(html: str) -> Tag:
    return Reader(html).root


def faults(html: str) -> list[str]:
    """Say what is wrong with a page or a fragment, whoever looks at it."""
    return faults_of(read(html))


def faults_of(root: Tag) -> list[str]:
    """Say what is wrong with what was read."""
    found = _inline(root) + _ids(root)
    if root.all("html"):
        found += _whole(root) + _labels(root)
    return found


def _inline(root: Tag) -> list[str]:
    found = []
    for tag in root.walk():
        found += [f"<{tag.name}> obeys {name}=" for name in tag.attrs if name.startswith("on")]
        if "style" in tag.attrs or tag.name == "style":
            found.append(f"<{tag.name}> carries a style")
        data = tag.attrs.get("type") == "application/json"
        if tag.name == "script" and "src" not in tag.attrs and not data:
            found.append("an inline script")
    return found


def _ids(root: Tag) -> list[str]:
    ids = Counter(tag.attrs["id"] for tag in root.walk() if "id" in tag.attrs)
    found = [f"the id {one!r} stands twice" for one in sorted(ids) if ids[one] > 1]
    for tag in root.walk() if root.all("html") else ():
        for name in tag.attrs.keys() & POINTERS:
            wanted = tag.attrs[name].split()
            found += [f"{name}={one!r} points nowhere" for one in wanted if one not in ids]
    return found


def _whole(root: Tag) -> list[str]:
    found = []
    headings = len(root.all("h1"))
    if headings != 1:
        found.append(f"the page has {headings} h1, not one")
    if not any(title.text for title in root.all("title")):
        found.append("the page has no title")
    if not root.all("html")[0].attrs.get("lang"):
        found.append("the page does not say its language")
    found += ["a picture has no alt" for tag in root.all("img") if "alt" not in tag.attrs]
    return found


def _labels(root: Tag) -> list[str]:
    return [
        f"the field {tag.attrs.get('name')!r} has no label"
        for tag in root.all("input", "select", "textarea")
        if tag.attrs.get("type") not in ("hidden", "submit", "image") and not label_of(tag, root)
    ]


def label_of(tag: Tag, root: Tag) -> str:
    """Return the words that name a field or a button."""
    if tag.attrs.get("aria-label"):
        return tag.attrs["aria-label"]
    if tag.attrs.get("aria-labelledby"):
        wanted = tag.attrs["aria-labelledby"].split()
        return " ".join(one.text for one in root.walk() if one.attrs.get("id") in wanted)
    if tag.name == "button":
        return tag.text
    place = tag.parent
    while place is not None:
        if place.name == "label":
            return place.text
        place = place.parent
    label = root.labels.get(tag.attrs.get("id", "-"))
    return label.text if label else ""
