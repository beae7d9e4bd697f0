"""Pictures are known by their content, and keep nothing but their pixels."""

import pytest
from PIL import Image

from panel.domain.errors import NotThere, RuleBroken
from panel.services import pictures
from tests.support.images import opened, picture

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'


def plain(content: bytes, longest: int = 640) -> tuple[str, bytes]:
    return pictures.made_plain(content, longest=longest, field="logo")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_it_keeps_the_kind(kind):
    found, content = plain(picture(kind))
    assert (found, opened(content).format, opened(content).size) == (kind, kind, (40, 20))


@pytest.mark.parametrize(
    ("content", "said"),
    [(SVG, "SVG files cannot be used"), (b"GIF89a", "not a picture"), (b"", "not a picture"),
     (picture("GIF"), "not a picture"), (picture()[:60], "not a picture"),
     (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB")],
)  # fmt: skip
def test_it_refuses_by_content(content, said):
    with pytest.raises(RuleBroken, match=said) as refused:
        plain(content)
    assert refused.value.field == "logo"


def test_it_refuses_a_picture_that_would_fill_the_memory():
    with pytest.raises(RuleBroken, match="more than 25 million pixels"):
        plain(picture(size=(5001, 5000), mode="1"))


def test_it_forgets_where_it_was_taken_but_stands_upright():
    told = Image.Exif()
    told[0x0112], told[0x010F] = 6, "A secret camera"
    _, content = plain(picture("JPEG", exif=told))
    assert (opened(content).size, dict(opened(content).getexif())) == ((20, 40), {})
    assert b"secret" not in content


def test_it_makes_a_large_one_smaller():
    assert opened(plain(picture(size=(1000, 500)), longest=100)[1]).size == (100, 50)


def test_what_one_can_see_through_stays_so():
    assert opened(plain(picture(mode="RGBA"))[1]).mode == "RGBA"


def test_an_unknown_digest_is_not_there(house):
    with pytest.raises(NotThere):
        pictures.served("0" * 64)
