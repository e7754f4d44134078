"""Downloading from a publisher that behaves, and from one that does not."""

from __future__ import annotations

import base64
import hashlib
from datetime import date

import pytest

from strandline.sources.fetch import (
    Address,
    FetchFailed,
    Manners,
    Offline,
    UnknownAddress,
    addresses,
    fetch,
)
from strandline.sources.fetch.download import download

FILE = b"URN,NAME\n" + b"".join(b"%d,School\n" % urn for urn in range(100_000, 130_000))
TODAY = date(2025, 8, 31)


def whole(content=FILE, *, status=200, **headers):
    def act(handler):
        handler.send_response(status)
        handler.send_header("Content-Type", "text/csv")
        handler.send_header("Content-Length", str(len(content)))
        handler.send_header("ETag", '"one"')
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return act


def cut(at, content=FILE, *, etag='"one"'):
    """Promise the whole and stop in the middle."""

    def act(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        if etag:
            handler.send_header("ETag", etag)
        handler.end_headers()
        handler.wfile.write(content[:at])

    return act


def rest(content=FILE, *, shift=0):
    """Honour the Range that was asked for."""

    def act(handler):
        start = int(handler.headers["Range"].removeprefix("bytes=").rstrip("-")) + shift
        handler.send_response(206)
        handler.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        handler.send_header("Content-Length", str(len(content) - start))
        handler.end_headers()
        handler.wfile.write(content[start:])

    return act


def answer(status, **headers):
    def act(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return act


def page(text):
    def act(handler):
        content = text.encode()
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html; charset=utf-8")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return act


@pytest.fixture
def slept():
    return []


@pytest.fixture
def manners(slept):
    return Manners(tries=3, timeout_seconds=5, pause_seconds=0.01, sleep=slept.append)


@pytest.fixture
def get(publisher, tmp_path, manners):
    def run(*acts, **options):
        publisher.acts["/file.csv"] = list(acts)
        return download(publisher.url("/file.csv"), tmp_path / "file.csv", manners=manners, **options)

    return run


def test_a_file_comes_whole_and_progress_is_told(get):
    told = []
    path = get(whole(), progress=lambda have, total: told.append((have, total)))
    assert path.read_bytes() == FILE
    assert told[-1] == (len(FILE), len(FILE))


def test_a_cut_connection_is_taken_up_where_it_broke(get, publisher, tmp_path):
    path = get(cut(100_000), rest())
    assert path.read_bytes() == FILE
    asked = publisher.requests[1][1]
    assert asked["Range"] == "bytes=100000-"
    assert asked["If-Range"] == '"one"'
    assert [p.name for p in tmp_path.iterdir()] == ["file.csv"]


def test_a_cut_connection_begins_again_where_the_publisher_cannot_prove_that_the_file_is_the_same(get, publisher):
    assert get(cut(100_000, etag=""), whole()).read_bytes() == FILE
    assert "Range" not in publisher.requests[1][1]


def test_a_file_that_changed_meanwhile_is_taken_from_the_beginning(get):
    newer = FILE.replace(b"School", b"Academy")
    assert get(cut(100_000), whole(newer, ETag='"two"')).read_bytes() == newer


def test_another_part_than_was_asked_for_is_thrown_away(get):
    assert get(cut(100_000), rest(shift=7), whole()).read_bytes() == FILE


def test_a_wrong_length_is_refused_after_the_last_try_and_what_came_is_kept(get, tmp_path):
    with pytest.raises(FetchFailed, match="3 tries"):
        get(cut(50_000, etag=""))
    assert not (tmp_path / "file.csv").exists()
    assert (tmp_path / "file.csv.part").stat().st_size == 50_000


def test_the_next_call_takes_up_what_the_last_one_kept(get, publisher):
    with pytest.raises(FetchFailed):
        get(cut(50_000), answer(503), answer(503))
    assert get(rest()).read_bytes() == FILE
    assert publisher.requests[-1][1]["Range"] == "bytes=50000-"


def test_a_web_page_instead_of_a_file_is_refused_at_once(get, tmp_path, publisher):
    with pytest.raises(FetchFailed, match="web page"):
        get(page("<!DOCTYPE html><html><body>Sorry</body></html>"))
    assert list(tmp_path.iterdir()) == [] or not (tmp_path / "file.csv").exists()
    assert len(publisher.requests) == 1


def test_a_web_page_that_calls_itself_csv_is_refused(get):
    with pytest.raises(FetchFailed, match="web page"):
        get(whole(b"\n  <html><body>Maintenance</body></html>"))


def test_unavailable_then_success_waits_as_long_as_the_publisher_asks(get, slept):
    assert get(answer(503, Retry_After="7"), whole()).read_bytes() == FILE
    assert 7.0 in slept


def test_a_retry_after_in_words_is_a_date(get, slept):
    assert get(answer(503, Retry_After="Sun, 06 Nov 1994 08:49:37 GMT"), whole()).read_bytes() == FILE
    assert 0.0 in slept


def test_no_wait_is_longer_than_two_minutes(get, slept):
    get(answer(429, Retry_After="86400"), whole())
    assert max(slept) == 120.0


def test_unavailable_for_good_is_said_after_the_last_try(get, publisher):
    with pytest.raises(FetchFailed, match=r"3 tries: the publisher answered 503"):
        get(answer(503))
    assert len(publisher.requests) == 3


def test_a_refusal_is_not_tried_again(get, publisher):
    with pytest.raises(FetchFailed, match="403"):
        get(answer(403))
    assert len(publisher.requests) == 1


def test_a_checksum_that_the_publisher_sends_is_held(get):
    digest = base64.b64encode(hashlib.sha256(FILE).digest()).decode()
    assert (
        get(whole(FILE[:-1] + b"!", Digest=f"sha-256={digest}"), whole(Digest=f"SHA-256={digest}")).read_bytes() == FILE
    )


def test_a_checksum_of_the_list_is_held(get, tmp_path):
    with pytest.raises(FetchFailed, match="another checksum"):
        get(whole(), sha256="0" * 64)
    assert not (tmp_path / "file.csv").exists()


def test_an_empty_answer_is_no_file(get):
    with pytest.raises(FetchFailed, match="empty"):
        get(whole(b""))


def test_a_machine_that_is_offline_is_told_so_with_what_to_do(tmp_path, manners, publisher):
    url = publisher.url("/file.csv")
    publisher.server.server_close()
    address = Address(key="x", title="X", publisher="P", page=url, url=url)
    with pytest.raises(Offline, match=r"offline .* data add"):
        fetch(tmp_path, today=TODAY, known=(address,), manners=manners)


def test_requests_to_one_host_keep_their_distance(publisher, tmp_path, slept):
    publisher.acts = {"/a.csv": [whole()], "/b.csv": [whole()]}
    manners = Manners(pause_seconds=2.0, sleep=slept.append)
    known = tuple(Address(key=k, title=k, publisher="P", page="", url=publisher.url(f"/{k}.csv")) for k in ("a", "b"))
    fetched = fetch(tmp_path, today=TODAY, known=known, manners=manners)
    assert all(one.path for one in fetched)
    assert len(slept) == 1
    assert 1.0 < slept[0] <= 2.0


def test_a_file_named_by_day_is_looked_for_on_the_days_before(publisher, tmp_path, manners):
    publisher.acts["/all20250829.csv"] = [whole()]
    address = Address(key="gias", title="G", publisher="P", page="", url=publisher.url("/all{day}.csv"), days_back=3)
    (fetched,) = fetch(tmp_path, today=TODAY, known=(address,), manners=manners)
    assert fetched.path == tmp_path / "all20250829.csv"
    assert fetched.sha256 == hashlib.sha256(FILE).hexdigest()
    (again,) = fetch(tmp_path, today=TODAY, known=(address,), manners=manners)
    assert again.already_there


def test_the_newest_file_is_found_on_the_publishers_page(publisher, tmp_path, manners):
    new, old = publisher.url("/media/a/mi_latest_31_Aug.csv"), publisher.url("/media/b/mi_latest_31_Jul.csv")
    publisher.acts = {
        "/page": [page(f'<a href="{new}">new</a><a href="{old}">old</a>')],
        "/media/a/mi_latest_31_Aug.csv": [whole()],
    }
    address = Address(
        key="mi", title="MI", publisher="P", page=publisher.url("/page"), link=r'http://[^"\s]*latest[^"\s]*\.csv'
    )
    (fetched,) = fetch(tmp_path, today=TODAY, known=(address,), manners=manners)
    assert fetched.path == tmp_path / "mi_latest_31_Aug.csv"


def test_a_page_without_the_link_says_that_it_has_changed(publisher, tmp_path, manners):
    publisher.acts["/page"] = [page("<p>moved</p>")]
    address = Address(key="mi", title="MI", publisher="P", page=publisher.url("/page"), link=r"http://\S+\.csv")
    (fetched,) = fetch(tmp_path, today=TODAY, known=(address,), manners=manners)
    assert fetched.path is None
    assert "The page has changed" in fetched.failure


def test_one_failure_does_not_stop_the_others(publisher, tmp_path, manners):
    publisher.acts["/b.csv"] = [whole()]
    known = tuple(Address(key=k, title=k, publisher="P", page="", url=publisher.url(f"/{k}.csv")) for k in ("a", "b"))
    missing, there = fetch(tmp_path, today=TODAY, known=known, manners=manners)
    assert "no file at" in missing.failure
    assert there.path is not None


def test_an_address_cannot_name_a_file_outside_the_folder(publisher, tmp_path, manners):
    publisher.acts["/x/..%2F..%2Fetc%2Fpasswd"] = [whole()]
    address = Address(key="x", title="X", publisher="P", page="", url=publisher.url("/x/..%2F..%2Fetc%2Fpasswd"))
    (fetched,) = fetch(tmp_path, today=TODAY, known=(address,), manners=manners)
    assert fetched.path == tmp_path / "passwd"


def test_a_redirection_to_a_file_on_this_machine_is_not_followed(get):
    with pytest.raises(FetchFailed):
        get(answer(302, Location="file:///etc/passwd"))


def test_an_unknown_key_names_the_nearest(tmp_path):
    with pytest.raises(UnknownAddress, match="gias-links"):
        fetch(tmp_path, keys=["gias-link"], today=TODAY)


def test_what_must_be_fetched_by_hand_says_where(tmp_path):
    (fetched,) = fetch(tmp_path, keys=["statistical-neighbours"], today=TODAY)
    assert "by hand from https://www.gov.uk/" in fetched.failure


def test_every_declared_address_is_https_and_has_a_page_for_people():
    known = addresses()
    assert len({address.key for address in known}) == len(known)
    for address in known:
        assert address.page.startswith("https://")
        assert all(url.startswith("https://") and "{" not in url for url in address.urls(TODAY))
        assert address.by_hand or address.link or "{" not in address.name
