"""Files that never change under one address, and so are fetched once."""

import re

from panel.web.static_files import address


def test_a_browser_may_keep_them_for_a_year(visitor):
    page = visitor.get("/sign-in").html
    sheet = visitor.open(re.search(r'href="([^"]+tokens\.css)"', page)[1], buffered=True)
    assert sheet.status == 200
    assert "max-age=31536000" in sheet.headers["Cache-Control"]


def test_they_move_when_one_of_them_changes(tmp_path):
    (tmp_path / "one.css").write_text("a {}")
    before = address(tmp_path)
    (tmp_path / "one.css").write_text("b {}")
    assert before != address(tmp_path) == address(tmp_path)
