"""The connections to Microsoft: shared, kept alive, and never slower than they may be.

`requests` bounds each wait for the next bytes; a server that sends one byte every few
seconds is then waited for without end. Here one deadline bounds the whole exchange:
reaching the address, sending, and every byte of head and body of the answer.
"""

import io
import socket
from http.client import HTTPResponse
from http.cookiejar import DefaultCookiePolicy
from time import monotonic
from typing import Any, cast
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util import Timeout

AGENT = "Panel/0.1"

Http = requests.Session


def open_pool(size: int = 16) -> requests.Session:
    """Connections for up to `size` requests at a time, for all threads. Cookies are off."""
    http = _Session()
    http.headers["User-Agent"] = AGENT
    http.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    # A proxy of the surroundings is for the Internet, not for a sandbox on this machine.
    http.proxies.update({"http://127.0.0.1": "", "http://localhost": ""})
    http.mount("https://", _PunctualAdapter(pool_connections=4, pool_maxsize=size))
    http.mount("http://", _PunctualAdapter(pool_connections=4, pool_maxsize=size))
    return http


class _Session(requests.Session):
    """Looks around once for proxies and certificates of its own, not before every request."""

    def __init__(self) -> None:
        super().__init__()
        self._around: dict[tuple[str, str], dict[str, Any]] = {}

    def merge_environment_settings(
        self, url: str, proxies: Any, stream: Any, verify: Any, cert: Any
    ) -> Any:
        """What the surroundings say of an address; nothing else is ever given along with one."""
        assert not (proxies or stream or verify or cert)
        parts = urlsplit(url)
        place = parts.scheme, parts.netloc
        if place not in self._around:
            self._around[place] = super().merge_environment_settings(url, {}, None, None, None)
        return {**self._around[place]}


def within(seconds: float) -> float:
    """The deadline of one exchange, as `timeout=` of a request on a session of open_pool.

    It is a Timeout in truth, which requests hands on as it is without its types saying so.
    """
    return cast("float", Timeout(total=max(seconds, 0.001)))


class _PunctualReader(io.RawIOBase):
    """The bytes of a socket, until the deadline."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket) -> None:
        self._raw, self._sock = raw, sock
        self._ends = monotonic() + (sock.gettimeout() or 0.0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(max(self._ends - monotonic(), 0.001))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _PunctualResponse(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp = io.BufferedReader(_PunctualReader(self.fp.detach(), sock))


class _PunctualConnection(HTTPConnection):
    response_class = _PunctualResponse

    def _new_conn(self) -> socket.socket:
        """Try each address with its share of the time, where urllib3 gives all of it to each."""
        ends = monotonic() + (self.timeout or 0.0)
        failure: OSError = OSError("it has no address")
        try:
            places = socket.getaddrinfo(self._dns_host, self.port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        for waiting, (family, kind, protocol, _, address) in zip(
            range(len(places), 0, -1), places, strict=True
        ):
            sock = socket.socket(family, kind, protocol)
            try:
                sock.settimeout(max((ends - monotonic()) / waiting, 0.001))
                sock.connect(address)
            except OSError as error:
                sock.close()
                failure = error
            else:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return sock
        if isinstance(failure, TimeoutError):
            raise ConnectTimeoutError(self, "no address answered in time") from failure
        raise NewConnectionError(self, str(failure)) from failure


class _PunctualTLSConnection(_PunctualConnection, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _PunctualConnection


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = _PunctualTLSConnection


class _PunctualAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        _make_punctual(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        return _make_punctual(super().proxy_manager_for(*args, **kwargs))


def _make_punctual(manager: PoolManager) -> PoolManager:
    manager.pool_classes_by_scheme = {"http": _Pool, "https": _TLSPool}
    return manager
