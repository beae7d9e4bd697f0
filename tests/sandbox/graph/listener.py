"""An address on loopback that is notified."""

import json
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PATIENCE = 90  # seconds; nothing takes so long unless it never comes


class Listener:
    """Echoes handshakes unless `echoes` is off; answers deliveries with the next of `answers`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.echoes = True
        self.answers: list[int] = []
        self.arrived: queue.Queue[dict[str, Any]] = queue.Queue()

    def item(self) -> dict[str, Any]:
        """The next notification."""
        return self.arrived.get(timeout=PATIENCE)

    def quiet(self, seconds: float = 0.4) -> bool:
        """Does nothing more come?"""
        try:
            self.arrived.get(timeout=seconds)
        except queue.Empty:
            return True
        return False

    def answer(self, path: str, body: bytes) -> tuple[int, str]:
        token = parse_qs(urlsplit(path).query).get("validationToken")
        if token:
            return 200, token[0] if self.echoes else "something else"
        status = self.answers.pop(0) if self.answers else 202
        if status < 300:
            for item in json.loads(body)["value"]:
                self.arrived.put(item)
        return status, ""


@contextmanager
def listening() -> Iterator[Listener]:
    """A listener for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, text = listener.answer(self.path, body)
            self.send_response(status)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener = Listener(f"http://127.0.0.1:{server.server_port}/notify?key=a%2Bb")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
