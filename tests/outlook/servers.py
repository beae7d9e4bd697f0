"""Small servers that misbehave in ways of their own, below the level of HTTP."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

Manner = Callable[[socket.socket, Event], None]


@contextmanager
def serving(manner: Manner) -> Iterator[str]:
    """The address of a server that treats each connection in this manner."""
    door, closing = socket.create_server(("127.0.0.1", 0)), Event()
    threads: list[Thread] = []

    def open_up() -> None:
        while not closing.is_set():
            try:
                caller, _ = door.accept()
            except OSError:
                return
            threads.append(Thread(target=_treated, args=(manner, caller, closing)))
            threads[-1].start()

    porter = Thread(target=open_up)
    porter.start()
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        closing.set()
        door.shutdown(socket.SHUT_RDWR)
        door.close()
        for thread in [porter, *threads]:
            thread.join()


def _treated(manner: Manner, caller: socket.socket, closing: Event) -> None:
    with caller:
        try:
            caller.recv(65536, socket.MSG_PEEK)
            manner(caller, closing)
        except OSError:
            return  # The other side hung up, as it should.


def trickling(ready: bytes, drop_by_drop: bytes) -> Manner:
    """Send the first part at once, then a byte every twentieth of a second."""

    def manner(caller: socket.socket, closing: Event) -> None:
        caller.recv(65536)
        caller.sendall(ready)
        for number in range(len(drop_by_drop)):
            caller.sendall(drop_by_drop[number : number + 1])
            if closing.wait(0.05):
                return

    return manner


def over_tls(context: ssl.SSLContext, manner: Manner) -> Manner:
    """The same manner behind TLS."""

    def wrapped(caller: socket.socket, closing: Event) -> None:
        with context.wrap_socket(caller, server_side=True) as safe:
            manner(safe, closing)

    return wrapped


def answering(raw: bytes) -> Manner:
    """Hear the question, send these bytes and hang up."""

    def manner(caller: socket.socket, closing: Event) -> None:
        caller.recv(65536)
        caller.sendall(raw)

    return manner
