"""What strangers type stands in our mails as they typed it, and is never more than words."""

import pytest

from tests import make

EVIL = "https://evil.example/x"


@pytest.fixture
def bodies(studio, post):
    """Send what a stranger's booking tells the customer and Anna; return text and page of each."""
    user = make.user(email="anna@panel.test", role="employee")
    studio.change(studio.anna, user_id=user.id)

    def send(name="Lea Roth", **typed):
        customer = make.customer(name=name, email="stranger@example.test")
        studio.book("2026-11-27T10:00", customer_id=customer.id, **typed)
        post.deliver()
        return [
            [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]
            for mail in post.box.taken
        ]

    return send


@pytest.mark.parametrize(
    "typed",
    [
        {"name": f"Lea: {EVIL}"},
        {"note": f"Confirm this booking: {EVIL}"},
        {"note": f"Hello\n\n{EVIL}"},
        {"answers": (("How did you hear of us", EVIL),)},
        {"name": "www.evil.example", "note": "www.evil.example"},
        {"name": "%panel_url%", "note": "Open: %panel_url%"},
    ],
)
def test_it_is_no_link(bodies, typed):
    sent = bodies(**typed)
    assert len(sent) == 2
    for text, page in sent:
        assert "https://evil" not in text + page and "evil.example" not in text + page
        assert page.count("<a ") == page.count('<a href="http://127.0.0.1:8000/') == 1
        assert text.count("http://") == 1


def test_it_makes_no_paragraph_and_no_fact(bodies):
    text, page = bodies(note="Thank you\n\nWhen: Never")[-1]
    assert "Thank you / When:\u200b Never" in text
    assert page.count(">When</td>") == 1


def test_an_address_can_still_be_answered(bodies):
    assert "Address: stranger@example.test" in bodies()[-1][0]
