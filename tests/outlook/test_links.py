"""Links to more pages lead to the configured Graph only."""

import pytest

from panel.domain.errors import ForeignLink
from panel.outlook.links import checked
from panel.outlook.registration import graph_root

ROOT = "https://graph.microsoft.com/v1.0"


@pytest.mark.parametrize(
    "link",
    [
        f"{ROOT}/me/calendarView/delta?$deltatoken=R0us",
        "https://graph.microsoft.com:443/v1.0/me/events?$skip=10",
        "https://GRAPH.microsoft.com/V1.0/Users('a')/calendarView?x=%2e%2e",
    ],
)
def test_it_follows_a_link_of_graph(link):
    assert checked(link, root=ROOT) == link


@pytest.mark.parametrize(
    "link",
    [
        "http://graph.microsoft.com/v1.0/me",
        "https://graph.microsoft.com.evil.test/v1.0/me",
        "https://graph.microsoft.com@evil.test/v1.0/me",
        "https://anna@graph.microsoft.com/v1.0/me",
        "https://graph.microsoft.com:8443/v1.0/me",
        "https://graph.microsoft.com/beta/me",
        "https://graph.microsoft.com/v1.0/../beta/me",
        "https://graph.microsoft.com/v1.0/%2e%2e/beta/me",
        "https://graph.microsoft.com/v1.0evil/me",
        "https://graph.microsoft.com:port/v1.0/me",
        "//graph.microsoft.com/v1.0/me",
        "/v1.0/me",
        "",
        None,
        7,
    ],
)
def test_it_follows_nothing_else(link):
    with pytest.raises(ForeignLink):
        checked(link, root=ROOT)


def test_the_version_may_be_left_out_of_the_address():
    assert graph_root("https://graph.microsoft.com/") == ROOT
    assert graph_root("https://graph.microsoft.com/v1.0") == ROOT
    assert graph_root("http://127.0.0.1:8001") == "http://127.0.0.1:8001/v1.0"
