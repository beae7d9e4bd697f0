"""Settings, Appearance: logo, colour, and the booking page inside other sites."""

from io import BytesIO

from tests.support.images import picture

PAGE = "/admin/settings/appearance"


def upload(owner, content, name="logo.png"):
    owner.get(PAGE)
    return owner.post(f"{PAGE}/logo", {"logo": (BytesIO(content), name)})


def test_a_logo_is_shown_at_once(owner):
    page = upload(owner, picture())
    shown = {tag.attrs["src"] for tag in page.all("img")}
    assert len(shown) == 1 and owner.get(shown.pop()).status == 200


def test_a_logo_is_judged_by_what_is_in_it(owner):
    page = upload(owner, b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.png")
    assert "SVG files cannot be used" in page.text and not page.all("img")


def test_no_file_is_no_logo(owner):
    owner.get(PAGE)
    assert "Choose a picture first." in owner.post(f"{PAGE}/logo", {}).text


def test_a_logo_can_be_taken_away(owner):
    upload(owner, picture())
    assert not owner.submit("Remove logo").all("img")


def test_a_colour_has_its_own_style_sheet(owner):
    owner.get(PAGE)
    page = owner.submit("Save", {"Your colour": "#c0392b"})
    sheets = [tag.attrs["href"] for tag in page.all("link") if "/colours/" in tag.attrs["href"]]
    assert len(sheets) == 1 and sheets[0].startswith("/colours/c0392b.css?v=")


def test_the_preview_follows_the_choice(owner):
    owner.get(PAGE)
    page = owner.post(f"{PAGE}/preview", {"accent": "#ffd400"})
    assert "/colours/ffd400.css" in page.html and "on light pages" in page.text


def test_what_is_no_colour_is_said_at_its_field(owner):
    owner.get(PAGE)
    page = owner.submit("Save", {"Your colour": "red", "embed_origins": "https://a.example"})
    assert "Write the colour like #0b5c66." in page.text and "https://a.example" in page.html


def test_sites_are_named_one_on_each_line(owner):
    owner.get(PAGE)
    typed = "https://www.linden.example/visit\nhttps://shop.linden.example"
    page = owner.submit("Save", {"embed_origins": typed})
    box = next(tag for tag in page.all("textarea"))
    assert box.text.split() == ["https://www.linden.example", "https://shop.linden.example"]


def test_a_site_without_https_is_refused_and_kept(owner):
    owner.get(PAGE)
    page = owner.submit("Save", {"embed_origins": "http://linden.example"})
    assert "http://linden.example is not the address of a site" in page.text


def test_it_gives_a_frame_to_copy(owner):
    box = next(t for t in owner.get(PAGE).all("input") if t.attrs.get("id") == "snippet")
    assert box.attrs["value"].startswith('<iframe src="http://127.0.0.1:8000/book" title=')
