"""What an ad-hoc screening found, for machines (JSON) and for the file (照合記録, one printable page)."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from xlsaddin import __version__
from xlsaddin.report.machine import Json, render_head
from xlsaddin.screening.model import Band, Hit, QueryResult, Screening
from xlsaddin.watchlist.model import ListUse

__all__ = ["BANDS", "Asked", "nothing_found", "render_record", "render_screening", "sample_only"]

BANDS = {Band.MATCH: "要判断 match", Band.REVIEW: "参考 review"}
_STYLE = """
@page{size:A4;margin:14mm}
body{font:10pt/1.5 "Noto Sans JP","Yu Gothic",Meiryo,sans-serif;max-width:182mm;margin:auto}
h1{font-size:15pt;margin:0 0 4mm}h2{font-size:11pt;margin:4mm 0 1mm}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid #999;padding:1mm 2mm;text-align:left;vertical-align:top}
th{background:#eee;font-weight:600}
td.wide{word-break:break-word}ul{margin:0;padding-left:4mm}.warn{border:2px solid #a00;padding:2mm}
.small{font-size:8.5pt}
"""

_FOOTER = (
    "一致度は候補を並べるための当システムの目安で、手順書の定める数値ではない。同一か否かは人が判断する。 / "
    "Scores only order candidates; they are ours, not the procedure's. "
    "Whether it is the same party is for a person to decide."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked, when and what for, as the record states it.

    Attributes:
        by: name or account; at: local time with its zone; purpose: free text, may be empty.
        unused: lists that are loaded and were not asked.
    """

    by: str
    at: datetime
    purpose: str = ""
    unused: tuple[str, ...] = ()


def render_screening(screening: Screening) -> Json:
    """Return the JSON object of `xlsaddin screen --json`."""
    head = render_head(screening.as_of, screening.lists)
    results = [
        {"id": result.query.id, "name": result.query.name, "hits": [_hit(hit) for hit in result.hits]}
        for result in screening.results
    ]
    return {**head, "conclusive": screening.conclusive, "results": results}


def _hit(hit: Hit) -> Json:
    return {
        "list": hit.list_id,
        "edition": hit.edition,
        "entry": hit.entry.number,
        "name": hit.entry.name,
        "matched": hit.matched,
        "score": hit.score,
        "band": hit.band.value,
        "why": [reason.ja for reason in hit.why],
        "why_en": [reason.en for reason in hit.why],
        "features": [{"feature": reason.feature, "points": reason.points} for reason in hit.why],
        "compared": list(hit.compared),
        "related": hit.related,
        "name_only": hit.name_only,
    }


def render_record(screening: Screening, asked: Asked, meanings: Mapping[str, str]) -> str:
    """Return the 照合記録 as one HTML page: who, when, lists and editions, every query with its hits, zero included.

    Args:
        screening: the results; asked: who asked and when; meanings: what a hit on each list means, by list id.
    """
    hits = sum(len(result.hits) for result in screening.results)
    nothing = nothing_found(screening)
    body = [
        "<h1>照合記録 / Screening record</h1>",
        _warning(screening),
        _facts(screening, asked, hits),
        "<h2>使用したリスト / Lists used</h2>",
        _lists(screening.lists, meanings),
        f'<p class="small">使っていない取込済みリスト / Loaded, not used: {_text(", ".join(asked.unused) or "-")}</p>',
        "<h2>照会と結果 / Queries and hits</h2>",
        "".join(_result(result, nothing) for result in screening.results),
        _signatures(),
        f'<p class="small">xlsaddin {_text(__version__)}。{_FOOTER}</p>',
    ]
    page = f"<title>照合記録</title><style>{_STYLE}</style></head><body>{''.join(body)}</body></html>\n"
    return f'<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8">{page}'


def nothing_found(screening: Screening) -> str:
    """Return the words for a query without a hit: never that there is none, where nothing can be concluded."""
    if not screening.conclusive:
        return "候補なし(判定不能) no hit, inconclusive"
    if sample_only(screening):
        return "見本リストに候補なし(実在のリストでは未照合) not in the fictional sample, no real list was used"
    return "該当なし no hit"


def sample_only(screening: Screening) -> bool:
    """True when nothing but the fictional sample was used."""
    return bool(screening.lists) and all(use.sample for use in screening.lists)


def _warning(screening: Screening) -> str:
    """Return what keeps the screening from saying "no hit": lists that failed, nothing but the sample, stale lists."""
    failed = [use for use in screening.lists if not use.usable]
    stale = [use for use in screening.lists if use.usable and use.stale]
    lines = [f"{use.id}: {use.failure_ja} / {use.failure_en}" for use in failed]
    if failed:
        sentence = "判定不能 / Inconclusive: 使えないリストがあり、「該当なし」とは言えない。"
    elif sample_only(screening):
        sentence = (
            "架空の見本リストだけで照合した。実在のリストでは未照合。 / Fictional sample only: no real list was used."
        )
    elif stale:
        sentence = "最新であることを長く確認していないリストがある。 / Lists not confirmed to be the newest for long."
    else:
        return ""
    lines += [f"{use.id}: {use.age_days} 日前に確認 / confirmed {use.age_days} days ago" for use in stale]
    return f'<div class="warn">{sentence}<ul>{"".join(f"<li>{_text(line)}</li>" for line in lines)}</ul></div>'


def _facts(screening: Screening, asked: Asked, hits: int) -> str:
    rows = [
        ("照合した者 / Screened by", asked.by),
        ("照合日時 / Screened at", asked.at.isoformat(sep=" ", timespec="minutes")),
        ("基準日 / As of", screening.as_of.isoformat()),
        ("目的 / Purpose", asked.purpose or "-"),
        ("照会件数・ヒット件数 / Queries, hits", f"{len(screening.results)} / {hits}"),
    ]
    return _table([[f"<th>{_text(label)}</th>", f"<td>{_text(value)}</td>"] for label, value in rows])


def _lists(uses: Iterable[ListUse], meanings: Mapping[str, str]) -> str:
    rows = [
        [
            f"<th>{_text(t)}</th>"
            for t in ("リスト list", "版 edition", "件数 entries", "確認 confirmed", "意味 meaning")
        ]
    ]
    for use in uses:
        edition = use.edition if use.usable else "使用不可 not usable"
        confirmed = f"{use.confirmed_on or '-'}{'(古い / stale)' if use.stale else ''}"
        title = f"{use.title_ja} ({use.id}){' 架空の見本 / fictional sample' if use.sample else ''}"
        digest = f"{edition} {use.sha256[:12]}".strip()
        cells = (title, digest, f"{use.entries:,}", confirmed, meanings.get(use.id, ""))
        rows.append([f'<td class="wide">{_text(cell)}</td>' for cell in cells])
    return _table(rows)


def _result(result: QueryResult, nothing: str) -> str:
    query = result.query
    facts = ", ".join(part for part in (query.id, query.country, query.kind.value) if part)
    title = f"<p><b>{_text(query.name)}</b> ({_text(facts)})</p>"
    if not result.hits:
        return f"{title}<p>{nothing}</p>"
    return title + _table([_HIT_HEAD, *(_hit_row(hit) for hit in result.hits)])


_HIT_HEAD = [
    f"<th>{text}</th>" for text in ("リスト・番号", "掲載名(一致した名称)", "一致度・区分", "根拠 / why", "同一か")
]


def _hit_row(hit: Hit) -> list[str]:
    name = hit.entry.name if hit.matched == hit.entry.name else f"{hit.entry.name} ({hit.matched})"
    flags = "".join(text for on, text in ((hit.related, " 関連"), (hit.name_only, " 氏名のみ")) if on)
    why = "".join(f"<li>{_text(reason.ja)}</li>" for reason in hit.why)
    return [
        f"<td>{_text(hit.list_id)} {_text(hit.edition)} No.{_text(hit.entry.number)}</td>",
        f'<td class="wide">{_text(name)}</td>',
        f"<td>{hit.score:.1f} {_text(BANDS[hit.band] + flags)}</td>",
        f'<td class="wide small"><ul>{why}</ul></td>',
        "<td>□同一 □別 □不明</td>",
    ]


def _signatures() -> str:
    cells = [f"<th>{text}</th><td>&nbsp;</td>" for text in ("判断の理由 / Reason", "確認者・日付 / Reviewer, date")]
    return "<h2>判断 / Judgement</h2>" + _table([[cell] for cell in cells])


def _table(rows: Iterable[Iterable[str]]) -> str:
    return "<table>" + "".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "</table>"


def _text(value: str) -> str:
    return html.escape(value)
