"""Sites that may frame the booking page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.embedding import frame_ancestors, origins
from panel.domain.errors import RuleBroken


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("", ""), (" https://Linden.example/ ", "https://linden.example"),
     ("https://a.example, https://a.example/x?y", "https://a.example"),
     ("https://a.example:443", "https://a.example"),
     ("https://a.example:8443", "https://a.example:8443")],
)  # fmt: skip
def test_it_keeps_the_site_alone(typed, kept):
    assert origins(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["linden.example", "http://linden.example", "https://*.linden.example", "https://localhost",
     "https://a.example;script-src", "https://ruth@a.example", "https://a.example:port", "'self'",
     "https://[::1", "*"],
)  # fmt: skip
def test_it_refuses_what_is_no_site(typed):
    with pytest.raises(RuleBroken, match="Write it like https://www.example.com"):
        origins(typed)


@given(st.text())
def test_nothing_typed_adds_to_the_policy(typed):
    try:
        kept = frame_ancestors(origins(typed))
    except RuleBroken:
        return
    assert not set(kept) & set(';,"<>*\r\n')
