"""What every page owes to those who read it by ear, by keyboard, or under the strict policy."""

from html.parser import HTMLParser

import pytest

from tests.look.gallery import ROOT, create_gallery
from tests.look.test_accessible import EVERY


class Tags(HTMLParser):
    """Every opening tag of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep one."""
        self.found.append((tag, dict(attrs)))

    def values(self, name: str) -> list[str]:
        """Every value of one attribute."""
        return [attrs[name] or "" for _, attrs in self.found if name in attrs]


@pytest.fixture(scope="module")
def visitor():
    return create_gallery().test_client()


@pytest.fixture(params=EVERY)
def tags(request, visitor):
    return Tags(visitor.get(f"/{request.param}").text)


def test_it_has_one_title_on_the_page(tags):
    assert [tag for tag, _ in tags.found].count("h1") == 1


def test_it_names_nothing_twice(tags):
    names = tags.values("id")
    assert sorted(names) == sorted(set(names))


def test_it_points_only_at_what_is_there(tags):
    names = set(tags.values("id"))
    pointed = tags.values("for") + tags.values("aria-labelledby") + tags.values("aria-describedby")
    assert {name for words in pointed for name in words.split()} <= names


def test_it_carries_no_style_and_no_script_of_its_own(tags):
    assert tags.values("style") == []
    assert [attrs for tag, attrs in tags.found if tag == "style"] == []
    assert all("src" in attrs for tag, attrs in tags.found if tag == "script")


def test_its_icons_are_all_in_the_sprite(tags):
    sprite = Tags((ROOT / "static" / "icons.svg").read_text()).values("id")
    used = {attrs["href"].split("#")[1] for tag, attrs in tags.found if tag == "use"}
    assert used <= set(sprite)


def test_its_forms_that_change_something_carry_a_token(tags):
    posts = [attrs for tag, attrs in tags.found if attrs.get("method") == "post"]
    tokens = [attrs for _, attrs in tags.found if attrs.get("name") == "csrf_token"]
    assert len(tokens) == len(posts)
