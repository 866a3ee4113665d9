"""`lists update` against a real HTTP server on this machine: newest file, retries, ETag, limits, bad downloads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.watchlist.conftest import TODAY
from xlsaddin.errors import ListError
from xlsaddin.watchlist.fetching import Fetcher, Limits
from xlsaddin.watchlist.store import ListStore
from xlsaddin.watchlist.update import UpdateOutcome, dates_of_effect, update_lists

UN_URL = "/scsanctions.un.org/resources/xml/en/consolidated.xml"
LAW00 = "/www.meti.go.jp/policy/anpo/law00.html"
LAW09 = "/www.meti.go.jp/policy/anpo/law09-2.html"


@dataclass
class Site:
    """A publisher's site: answers by path, and what was asked for."""

    url: str = ""
    pages: dict[str, bytes] = field(default_factory=dict)
    failures: dict[str, list[int]] = field(default_factory=dict)  # statuses answered first
    etags: bool = True
    cut: bool = False
    asked: list[tuple[str, int]] = field(default_factory=list)

    def count(self, path: str, status: int = 200) -> int:
        return self.asked.count((path, status))


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        site, path = self.site, self.path
        content = site.pages.get(path)
        etag = f'"{abs(hash(content))}"'
        if site.failures.get(path):
            self._answer(site.failures[path].pop(0), b"")
        elif content is None:
            self._answer(404, b"not here")
        elif site.etags and self.headers.get("If-None-Match") == etag:
            self._answer(304, b"")
        else:
            self._answer(200, content, etag)

    def _answer(self, status: int, body: bytes, etag: str = "") -> None:
        self.site.asked.append((self.path, status))
        self.send_response(status)
        if etag:
            self.send_header("ETag", etag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if self.site.cut and status == 200 else body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": site}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def fetcher(site: Site, waits: list[float]) -> Fetcher:
    return Fetcher(Limits(tries=3, wait=2, timeout=5, megabytes=5), site.url, waits.append)


def un_list(lists_folder: Path) -> bytes:
    return (lists_folder / "un_sc" / "UN_consolidated.xml").read_bytes()


def test_a_list_is_fetched_verified_and_taken_in(
    store: ListStore, fetcher: Fetcher, site: Site, lists_folder: Path
) -> None:
    site.pages[UN_URL] = un_list(lists_folder)
    (one,) = update_lists(store, fetcher, ["un_sc"], TODAY)
    assert one.outcome is UpdateOutcome.ADDED
    assert store.use("un_sc", TODAY).entries == 1003


def test_an_unchanged_list_is_not_sent_again_and_is_confirmed(
    store: ListStore, fetcher: Fetcher, site: Site, lists_folder: Path
) -> None:
    site.pages[UN_URL] = un_list(lists_folder)
    update_lists(store, fetcher, ["un_sc"], date(2026, 9, 1))
    (one,) = update_lists(store, fetcher, ["un_sc"], TODAY)
    assert one.outcome is UpdateOutcome.UNCHANGED
    assert (site.count(UN_URL), site.count(UN_URL, 304)) == (1, 1)
    assert store.use("un_sc", TODAY).confirmed_on == TODAY


def test_without_etags_the_same_bytes_are_the_same_edition(
    store: ListStore, fetcher: Fetcher, site: Site, lists_folder: Path
) -> None:
    site.etags = False
    site.pages[UN_URL] = un_list(lists_folder)
    update_lists(store, fetcher, ["un_sc"], date(2026, 9, 1))
    (one,) = update_lists(store, fetcher, ["un_sc"], TODAY)
    assert one.outcome is UpdateOutcome.UNCHANGED
    assert len(store.editions("un_sc")) == 1
    assert store.use("un_sc", TODAY).age_days == 0


def test_an_edition_deleted_here_is_fetched_again_whatever_the_etag(
    store: ListStore, fetcher: Fetcher, site: Site, lists_folder: Path
) -> None:
    import shutil

    site.pages[UN_URL] = un_list(lists_folder)
    update_lists(store, fetcher, ["un_sc"], TODAY)
    shutil.rmtree(store.folder / "un_sc")
    (one,) = update_lists(store, fetcher, ["un_sc"], TODAY)
    assert one.outcome is UpdateOutcome.ADDED


def test_the_newest_dated_file_is_found_on_metis_page_with_its_day_in_force(
    store: ListStore, fetcher: Fetcher, site: Site, lists_folder: Path
) -> None:
    workbook = (lists_folder / "jp_meti_eul" / "20250929_4.xlsx").read_bytes()
    site.pages[LAW00] = (
        b'<a href="/policy/anpo/20231206_4.xlsx">old</a><a href="/policy/anpo/20260401_4.xlsx">new</a>'
        b'<a href="/policy/anpo/20270101_2.pdf">other</a>'
    )
    site.pages["/www.meti.go.jp/policy/anpo/20260401_4.xlsx"] = workbook + b"\0"  # other bytes, another edition
    site.pages[LAW09] = (
        "<h2>外国ユーザーリストの改正について</h2>令和８年４月１日 公布<br>令和８年４月１０日 施行".encode()
    )
    (one,) = update_lists(store, fetcher, ["jp_meti_eul"], TODAY)
    assert one.result is not None, one.failure_en
    assert (one.result.edition, one.result.in_force_from) == ("2026-04-01", date(2026, 4, 10))


def test_when_the_workbook_is_not_linked_the_pdf_of_the_page_of_changes_is_taken(
    store: ListStore, fetcher: Fetcher, site: Site, lists_folder: Path
) -> None:
    site.pages[LAW00] = b"<p>moved</p>"
    site.pages[LAW09] = (lists_folder / "jp_meti_eul" / "law09-2.html").read_bytes()
    site.pages["/www.meti.go.jp/policy/anpo/20250929_3.pdf"] = b"%PDF-1.7 nothing"
    (one,) = update_lists(store, fetcher, ["jp_meti_eul"], TODAY)
    assert site.count("/www.meti.go.jp/policy/anpo/20250929_3.pdf") == 1
    assert one.outcome is UpdateOutcome.FAILED  # the PDF served here is none
    assert store.ids() == ()


def test_days_in_force_are_read_from_metis_own_page(lists_folder: Path) -> None:
    page = (lists_folder / "jp_meti_eul" / "law09-2.html").read_text(encoding="utf-8")
    found = dates_of_effect(page)
    assert found[date(2025, 9, 29)] == date(2025, 10, 9)
    assert found[date(2025, 1, 31)] == date(2025, 2, 5)
    assert found[date(2023, 12, 6)] == date(2023, 12, 11)


def test_the_sheet_of_additions_beside_the_whole_list_is_left_alone(
    store: ListStore, fetcher: Fetcher, site: Site, lists_folder: Path
) -> None:
    folder = "/www.meti.go.jp/policy/external_economy/trade_control/01_seido/04_seisai/"
    site.pages[f"{folder}crimea.html"] = (
        b'<a href="downloadCrimea/20250912list_belarus_tokutei.pdf">+</a>'
        b'<a href="downloadCrimea/list_belarus_tokutei.pdf">all</a>'
    )
    whole = (lists_folder / "jp_meti_russia" / "list_belarus_tokutei.pdf").read_bytes()
    site.pages[f"{folder}downloadCrimea/list_belarus_tokutei.pdf"] = whole
    (one,) = update_lists(store, fetcher, ["jp_meti_belarus"], TODAY)
    assert one.outcome is UpdateOutcome.ADDED, one.failure_en
    assert site.count(f"{folder}downloadCrimea/20250912list_belarus_tokutei.pdf", 404) == 0


def test_a_page_without_a_link_says_so(store: ListStore, fetcher: Fetcher, site: Site) -> None:
    site.pages["/www.mof.go.jp/policy/international_policy/gaitame_kawase/gaitame/economic_sanctions/list.html"] = b"x"
    (one,) = update_lists(store, fetcher, ["jp_mof"], TODAY)
    assert one.outcome is UpdateOutcome.FAILED
    assert "jp_mof" in one.failure_en


def test_a_set_of_files_is_fetched_together(store: ListStore, fetcher: Fetcher, site: Site, lists_folder: Path) -> None:
    base = "/sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/"
    for stem in ("prim", "alt", "add", "comments"):
        content = (lists_folder / "us_ofac_nonsdn" / f"cons_{stem}.csv").read_bytes()
        site.pages[f"{base}CONS_{stem.upper()}.CSV"] = content
    (one,) = update_lists(store, fetcher, ["us_ofac_nonsdn"], TODAY)
    assert one.outcome is UpdateOutcome.ADDED, one.failure_en
    assert store.use("us_ofac_nonsdn", TODAY).entries == 442


def test_a_server_that_stumbles_is_asked_again_after_growing_waits(
    store: ListStore, fetcher: Fetcher, site: Site, waits: list[float], lists_folder: Path
) -> None:
    site.pages[UN_URL] = un_list(lists_folder)
    site.failures[UN_URL] = [503, 502]
    (one,) = update_lists(store, fetcher, ["un_sc"], TODAY)
    assert one.outcome is UpdateOutcome.ADDED
    assert waits == [2, 4]


def test_a_server_that_stays_down_leaves_the_old_edition(
    store: ListStore, fetcher: Fetcher, site: Site, lists_folder: Path
) -> None:
    site.pages[UN_URL] = un_list(lists_folder)
    update_lists(store, fetcher, ["un_sc"], date(2026, 9, 1))
    site.failures[UN_URL] = [503] * 3
    (one,) = update_lists(store, fetcher, ["un_sc"], TODAY)
    assert one.outcome is UpdateOutcome.FAILED
    use = store.use("un_sc", TODAY)
    assert (use.entries, use.confirmed_on) == (1003, date(2026, 9, 1))


@pytest.mark.parametrize("bad", [b"<html>maintenance</html>", b"<CONSOLIDATED_LIST dateGenerated='2026-10-01'>", b""])
def test_a_bad_download_is_refused_and_the_old_edition_kept(
    store: ListStore, fetcher: Fetcher, site: Site, lists_folder: Path, bad: bytes
) -> None:
    site.pages[UN_URL] = un_list(lists_folder)
    update_lists(store, fetcher, ["un_sc"], date(2026, 9, 1))
    site.pages[UN_URL] = bad
    (one,) = update_lists(store, fetcher, ["un_sc"], TODAY)
    assert one.outcome is UpdateOutcome.FAILED
    assert [record.edition for record in store.editions("un_sc")] == ["2026-02-27"]
    assert store.use("un_sc", TODAY).age_days == (TODAY - date(2026, 9, 1)).days


def test_a_transfer_cut_short_is_never_taken_for_the_list(
    store: ListStore, fetcher: Fetcher, site: Site, lists_folder: Path
) -> None:
    site.pages[UN_URL] = un_list(lists_folder)
    site.cut = True
    (one,) = update_lists(store, fetcher, ["un_sc"], TODAY)
    assert one.outcome is UpdateOutcome.FAILED
    assert site.count(UN_URL) == 3
    assert store.ids() == ()


def test_a_download_larger_than_the_limit_is_refused(site: Site) -> None:
    site.pages["/x/y"] = b"0" * (2**20 + 1)
    with pytest.raises(ListError) as caught:
        Fetcher(Limits(1, 0, 5, 1), site.url).fetch("https://x/y")
    assert caught.value.code == "RS-LIST-022"


def test_without_a_mirror_only_https_is_accepted(site: Site) -> None:
    site.pages["/x"] = b"content"
    with pytest.raises(ListError) as caught:
        Fetcher(Limits(1, 0, 5, 1)).fetch(f"{site.url}/x")
    assert caught.value.code == "RS-LIST-021"


def test_one_failing_list_does_not_stop_the_others(
    store: ListStore, fetcher: Fetcher, site: Site, lists_folder: Path
) -> None:
    site.pages[UN_URL] = un_list(lists_folder)
    outcomes = [one.outcome for one in update_lists(store, fetcher, ["jp_mof", "eu_fsf", "un_sc"], TODAY)]
    assert outcomes == [UpdateOutcome.FAILED, UpdateOutcome.FAILED, UpdateOutcome.ADDED]
