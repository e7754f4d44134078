"""A small publication, its files, and a publisher that misbehaves on demand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from strandline.sources.contract import (
    CODE,
    DATE,
    FLAG,
    INDICATORS,
    INTEGER,
    PERCENT,
    Column,
    Contract,
    Expects,
    Period,
    Published,
    SpecialRows,
    columns_of,
)
from strandline.sources.store import Store
from strandline.sources.tokens import PERFORMANCE_TABLES


@pytest.fixture
def register_contract() -> Contract:
    """A record publication: five columns, one row per school, whole when it ends with a line break."""
    return Contract(
        kind="small_register",
        name="Small register",
        title="A register of schools",
        publisher="A publisher",
        period=Period(snapshot=True, latest=("opened_on",)),
        published=Published(days_after=1),
        table="schools",
        key=("urn",),
        tokens=PERFORMANCE_TABLES,
        la_column="la_code",
        columns=(
            Column("URN", kind=INTEGER, filled=True),
            Column("LA (code)", "la_code", kind=INTEGER, filled=True, aliases=("LEA",)),
            Column("School name", "school_name", filled=True),
            Column("Open date", "opened_on", kind=DATE),
            Column("Sixth form", "sixth_form", kind=FLAG, required=False),
            Column("Phase", "phase", kind=CODE, values=("Primary", "Secondary")),
            Column("FSM %", "fsm_percent", kind=PERCENT, lowest=0, highest=100),
        ),
        expects=Expects(final_newline=True, authorities=140, national_rows=150, why="one row per school"),
    )


@pytest.fixture
def results_contract() -> Contract:
    """An indicators publication: results of two years in one layout, closed by two national rows."""
    return Contract(
        kind="small_results",
        name="Small results",
        title="Results",
        publisher="A publisher",
        shape=INDICATORS,
        period=Period(known=("2016-2017", "2017-2018")),
        published=Published(dates={"2016-2017": date(2017, 12, 14), "2017-2018": date(2018, 12, 13)}),
        statuses=("final", "revised"),
        columns=columns_of(
            "RECTYPE:code! LEA:integer! URN:integer! SCHNAME:text TELIG:integer PTRWM_EXP:percent READPROG:number",
            aliases={"TELIG": ("ELIG",)},
        ),
        special=(SpecialRows("authority", "rectype", "3"), SpecialRows("national", "rectype", "[45]")),
        key=("urn",),
        tokens=PERFORMANCE_TABLES,
        la_column="lea",
        expects=Expects(closing=("national",), closing_count=2, national_rows=150, why="two national rows close it"),
    )


REGISTER_HEADER = "URN,LA (code),School name,Open date,Sixth form,Phase,FSM %"
REGISTER_ROWS = (
    "100000,850,Alder School,01/09/1998,Yes,Secondary,12.5",
    "100001,850,Beech Primary School,,No,Primary,SUPP",
    '100002,850,"Cedar, Elm and Fir School",03/01/2012,No,Primary,7%',
)
RESULTS_HEADER = "RECTYPE,LEA,URN,SCHNAME,TELIG,PTRWM_EXP,READPROG"
RESULTS_ROWS = (
    "1,850,100000,Alder School,30,61%,-1.5",
    "1,850,100001,Beech School,4,SUPP,SUPP",
    "1,850,100002,Cedar School,NEW",
    "2,850,100003,Elm School, ,NE,LOWCOV",
    '3,850, ,Hampshire,"14,003",65%,0.1',
    "4, , ,,600000,61%, ",
    "5, , ,,590000,62%,",
)


@pytest.fixture
def register_text() -> str:
    return "\n".join((REGISTER_HEADER, *REGISTER_ROWS)) + "\n"


@pytest.fixture
def results_text() -> str:
    return "\r\n".join((RESULTS_HEADER, *RESULTS_ROWS))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "home")


@pytest.fixture
def bytes_below():
    """Every file below a folder with its bytes: what "the store is as it was" means."""

    def read(folder: Path) -> dict[str, bytes]:
        return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}

    return read


class Publisher:
    """A local server whose answers are scripted: each path has a list of acts, the last of which repeats."""

    def __init__(self) -> None:
        self.acts: dict[str, list[object]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                publisher.requests.append((self.path, dict(self.headers.items())))
                acts = publisher.acts.get(self.path)
                if not acts:
                    self.send_error(404)
                    return
                act = acts.pop(0) if len(acts) > 1 else acts[0]
                act(self)
                self.close_connection = True

            def log_message(self, text: str, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}{path}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    made = Publisher()
    yield made
    made.close()
