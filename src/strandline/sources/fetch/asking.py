"""Asking a publisher for something over http: politely, a few times, with a plain answer when it cannot be had."""

from __future__ import annotations

import email.utils
import http.client
import socket
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from strandline._version import __version__
from strandline.kernel.errors import UserError

LONGEST_WAIT_SECONDS = 120.0
TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
GONE = frozenset({404, 410})
NOT_SATISFIABLE = 416
NO_ROUTE = frozenset({101, 113})


class FetchFailed(UserError):
    """An address did not give the file; what was already there is as it was."""


class Offline(FetchFailed):
    """The publisher cannot be reached at all."""


class NotThere(FetchFailed):
    """The publisher has no file at the address."""


class Broken(Exception):
    """A try that failed and may be made again, after `wait_seconds`, from the beginning when `afresh`; never shown."""

    def __init__(self, what: str, *, wait_seconds: float | None = None, afresh: bool = False) -> None:
        self.what = what
        self.wait_seconds = wait_seconds
        self.afresh = afresh
        super().__init__(what)


@dataclass(slots=True, kw_only=True)
class Manners:
    """How to behave towards publishers: a pause between requests to a host, few tries, growing waits."""

    pause_seconds: float = 1.0
    tries: int = 5
    timeout_seconds: float = 60.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    last_request: dict[str, float] = field(default_factory=dict)

    def wait_for(self, host: str) -> None:
        """Keep the pause since the last request to `host`."""
        before = self.last_request.get(host)
        if before is not None and (left := before + self.pause_seconds - self.clock()) > 0:
            self.sleep(left)
        self.last_request[host] = self.clock()

    def wait_after(self, broken: Broken, *, attempt: int) -> None:
        """Wait before the next try: as long as the publisher asked, else longer each time; not after the last."""
        if attempt + 1 < self.tries:
            wait = broken.wait_seconds if broken.wait_seconds is not None else self.pause_seconds * 2**attempt
            self.sleep(min(wait, LONGEST_WAIT_SECONDS))


def read_page(url: str, *, manners: Manners) -> str:
    """The text of a web page, on which the address of a file is looked up. Raises: as `download`."""
    broken = Broken("nothing was tried")
    for attempt in range(manners.tries):
        try:
            with open_url(url, {}, manners=manners) as response:
                return str(response.read().decode("utf-8", errors="replace"))
        except (Broken, http.client.HTTPException, OSError) as error:
            broken = error if isinstance(error, Broken) else Broken(str(error))
            manners.wait_after(broken, attempt=attempt)
    raise FetchFailed(f"{url} could not be read: {broken.what}", what_to_do="Try again later")


def open_url(url: str, headers: Mapping[str, str], *, manners: Manners) -> http.client.HTTPResponse:
    """Send one request, politely. Raises: Offline, NotThere, FetchFailed, Broken."""
    host = urllib.parse.urlsplit(url).hostname or ""
    manners.wait_for(host)
    request = urllib.request.Request(  # noqa: S310 -- the opener below knows http and https only
        url, headers={"User-Agent": f"strandline/{__version__}", "Accept-Encoding": "identity", **headers}
    )
    try:
        response: http.client.HTTPResponse = _opener().open(request, timeout=manners.timeout_seconds)
    except urllib.error.HTTPError as error:
        with error:
            raise _refused(url, error) from error
    except urllib.error.URLError as error:
        raise _unreachable(url, host, error.reason) from error
    except (http.client.HTTPException, OSError) as error:
        raise Broken(f"no answer: {error}") from error
    return response


def _refused(url: str, error: urllib.error.HTTPError) -> Exception:
    if error.code in TRY_AGAIN:
        return Broken(
            f"the publisher answered {error.code}", wait_seconds=_retry_after(error.headers.get("Retry-After"))
        )
    if error.code == NOT_SATISFIABLE:
        return Broken("the publisher does not know the rest of the file", afresh=True)
    if error.code in GONE:
        return NotThere(f"There is no file at {url}", what_to_do="See the publisher's page; the address may have moved")
    return FetchFailed(
        f"{url} was refused by the publisher ({error.code} {error.reason})", what_to_do="See the publisher's page"
    )


def _unreachable(url: str, host: str, reason: object) -> Exception:
    if isinstance(reason, socket.gaierror | ConnectionRefusedError) or getattr(reason, "errno", None) in {
        101,
        110,
        113,
    }:
        return Offline(
            f"{host} cannot be reached; this machine looks offline ({reason})",
            what_to_do="Check the connection or the proxy (HTTPS_PROXY), or download the files on another machine and "
            "use `strandline data add`",
        )
    if isinstance(reason, TimeoutError | ConnectionError):
        return Broken(f"no answer: {reason}")
    return FetchFailed(f"{url} cannot be opened: {reason}", what_to_do="Check the address and the proxy")


def _retry_after(value: str | None) -> float | None:
    """Seconds to wait, from a number or a date."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _opener() -> urllib.request.OpenerDirector:
    """Let through http and https, proxies of the environment, redirections; no files, no ftp."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener
