"""The HTML report in a real browser: one file, nothing loaded, nothing run but our own, a filter that works."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tests.report.browser import Page, open_page
from tests.report.entries import entry, finding, some
from xlsaddin.report.html import write_html
from xlsaddin.report.summary_workbook_figures import Deadline

AS_OF = date(2026, 9, 1)
HOSTILE = '</td><script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">'


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("html")
    target = folder / "summary.html"
    hostile = entry("in/工学部/h.xlsx", subject=HOSTILE, findings=[finding(message_ja=HOSTILE)])
    due = Deadline(date(2026, 9, 18), "research_office", "C-01", "P-003", "未提出です。", "Not in.", "")
    reviewed = entry("in/理学部/r.xlsx", reviewed=str(folder / "out" / "r #1 佐伯.reviewed.xlsx"))
    write_html(target, [*some(), hostile, reviewed], as_of=AS_OF, deadlines=[due])
    with open_page(target) as opened:
        yield opened


def test_everything_is_shown(page: Page) -> None:
    assert page.value("document.querySelectorAll('#workbooks tbody tr').length") == 8
    assert page.value("document.querySelectorAll('#hits tbody tr').length") == 1
    assert "C-01" in page.value("document.querySelector('#deadlines').innerText")
    assert page.value("document.querySelector('#workbooks tbody tr').innerText").startswith("読めないファイル")


def test_charts_are_drawn_to_scale(page: Page) -> None:
    assert page.value("document.querySelectorAll('svg').length") == 2
    widths = page.value(
        "[...document.querySelectorAll('svg')[0].querySelectorAll('rect title')].map(t => t.textContent)"
    )
    assert "理学部 中 / Moderate 1" in widths
    assert page.value("document.querySelector('svg').getBoundingClientRect().width") > 300


def test_nothing_is_loaded_and_the_browser_has_no_complaint(page: Page) -> None:
    assert [address for address in page.requests if not address.startswith("file:")] == []
    assert len(page.requests) == 1
    assert page.complaints == []


def test_what_people_wrote_is_text(page: Page) -> None:
    assert page.value("document.title") != "owned"
    assert page.value("document.images.length") == 0
    assert HOSTILE in page.value("document.querySelector('#workbooks').textContent")


def test_links_lead_to_the_reviewed_copies(page: Page) -> None:
    links = page.value("[...document.querySelectorAll('#workbooks a')].map(a => decodeURIComponent(a.href))")
    assert any(link.endswith("/out/r #1 佐伯.reviewed.xlsx") for link in links)


def test_typing_filters_the_rows_full_width_too(page: Page) -> None:
    page.type_into("input[data-table=workbooks]", "工学部　高")
    shown = "[...document.querySelectorAll('#workbooks tbody tr')].filter(r => r.offsetParent !== null).length"
    assert page.value(shown) == 1
    assert page.value("document.querySelector('#workbooks-count').textContent") == "1"
