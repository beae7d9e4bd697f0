"""Anna at the sandbox's pages: `python -m tests.clients.person URL` prints where they lead back.

Nothing need listen there; the client is handed the address, as a person would paste it.
"""

import os
import sys
from urllib.parse import urlencode

from tests.outlook import browsing
from tests.sandbox_process import ANNA

REDIRECT = "https://localhost:5000/callback"


def sign_in(url: str) -> str:
    """Sign in and consent in plain forms; give the address with the answer."""
    query = browsing.sign_in(url, ANNA, trusted=os.environ["REQUESTS_CA_BUNDLE"])
    return f"{REDIRECT}?{urlencode(query)}"


if __name__ == "__main__":
    print(sign_in(sys.argv[1]))
