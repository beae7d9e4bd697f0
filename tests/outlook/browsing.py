"""A person at Microsoft's pages, filling in plain forms."""

import re
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

import requests

from tests.sandbox_process import PASSWORD

_FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def sign_in(
    url: str, upn: str, *, consent: str = "accept", trusted: str | bool = True
) -> dict[str, str]:
    """Open the address that begins a sign-in, go through it, and give the callback's query.

    `trusted` names a file with the certificates to believe, where they are not the usual ones.
    """
    with requests.Session() as browser:
        browser.trust_env, browser.verify = False, trusted
        page = browser.get(url, timeout=30)
        page = _submit(browser, page, login=upn, passwd=PASSWORD)
        while page.status_code == 200:
            page = _submit(browser, page, answer=consent)
        return dict(parse_qsl(urlsplit(page.headers["Location"]).query))


def _submit(browser: requests.Session, page: requests.Response, **typed: str) -> requests.Response:
    """Send the page's first form; follow where it leads as long as that is the sandbox."""
    action = unescape(re.search(r'<form method="post" action="([^"]*)"', page.text)[1])
    fields = {name: unescape(value) for name, value in _FIELD.findall(page.text)} | typed
    there = urljoin(page.url, action)
    answer = browser.post(there, data=fields, timeout=30, allow_redirects=False)
    while answer.is_redirect:
        onward = urljoin(there, answer.headers["Location"])
        if urlsplit(onward).netloc != urlsplit(there).netloc:
            return answer
        answer = browser.get(onward, timeout=30, allow_redirects=False)
    assert answer.status_code == 200, answer.text
    return answer
