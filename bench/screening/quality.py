"""How good: METI-listed bodies, look-alikes, universities, scripts, wide sets, name pairs, ordinary workbooks."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from bench.screening import peers
from bench.screening.material import (
    AS_OF,
    edition_of,
    make_edition,
    names_of,
    open_lists,
    read_cases,
    share,
)
from bench.screening.tables import Page, at_alert_rate, f1
from xlsaddin.parameters import Parameters
from xlsaddin.screening.engine import Listed, ListScreener
from xlsaddin.screening.model import Band, Query
from xlsaddin.screening.pair import compare_names
from xlsaddin.text.normalize import normalize_name
from xlsaddin.text.scripts import Script, main_script
from xlsaddin.text.sound import compare_sounds, sound_key
from xlsaddin.text.transliterate import romanize
from xlsaddin.watchlist.model import EntryKind

METI = "jp_meti_eul"
_LOW = 30.0  # cutoff of ranking measurements: below it nothing matters


def measure_meti(page: Page, screener: ListScreener) -> None:
    page.heading("Spellings of METI-listed bodies and look-alikes (`eul_names_dev.csv`)")
    cases = read_cases("eul_names_dev")
    rows = []
    for label, chosen in (("all", cases), ("even half (by digest)", [c for c in cases if share(c["name"]) < 0.5])):
        hits = {c["id"]: [h for h in screener.screen_one(Query(c["name"])) if h.list_id == METI] for c in chosen}
        listed, alike = [c for c in chosen if c["entry"]], [c for c in chosen if not c["entry"]]
        found = sum(any(h.entry.number == c["entry"] for h in hits[c["id"]]) for c in listed)
        matched = sum(any(h.band is Band.MATCH for h in hits[c["id"]]) for c in alike)
        shown = sum(bool(hits[c["id"]]) for c in alike)
        rows.append((label, f"{found}/{len(listed)}", found / len(listed), matched, f"{shown}/{len(alike)}"))
    page.table(("cases", "found", "recall", "look-alikes in match", "look-alikes shown"), rows)
    _peers_on_meti(page, screener, cases)


def _peers_on_meti(page: Page, screener: ListScreener, cases: Sequence[dict[str, str]]) -> None:
    entries = next(listed.entries for listed in screener.lists if listed.id == METI)
    names = [(name, e.number) for e in entries for name in (e.name, *(a.name for a in e.aliases))]
    tfidf = peers.CharacterTfidf([name for name, _ in names])
    rows = []
    for label, best, threshold in (
        ("rapidfuzz WRatio at 85", peers.w_ratio, 85),
        ("rapidfuzz token_sort at 85", peers.token_sort, 85),
        ("character TF-IDF at 60", lambda queries, _: tfidf.best(queries), 60),
    ):
        scores, places = best([c["name"] for c in cases], [name for name, _ in names])
        hit = [score >= threshold for score in scores]
        right = [h and names[p][1] == c["entry"] for h, p, c in zip(hit, places, cases, strict=True)]
        listed = sum(bool(c["entry"]) for c in cases)
        flagged = sum(h for h, c in zip(hit, cases, strict=True) if not c["entry"])
        rows.append((label, sum(right) / listed, f"{flagged}/{len(cases) - listed}"))
    rows.append(("nomenklatura logic-v2 at 0.7 (figures of the issue, 99 + 56 other cases)", 0.46, "9 %"))
    page.table(("peer, best name only", "recall", "look-alikes flagged"), rows)


def measure_universities(page: Page, screener: ListScreener) -> None:
    page.heading("Universities of the world that are not listed (`universities.csv`)")
    listed = {normalize_name(n) for one in screener.lists if one.id == METI for e in one.entries for n in names_of(e)}
    cases = [row for row in read_cases("universities") if normalize_name(row["name"]) not in listed]
    branches = [row for row in cases if "islamic azad university" in normalize_name(row["name"])]
    others = [row for row in cases if row not in branches]
    rows, shown = [], []
    for label, chosen in (("unlisted, branches apart", others), ("branches of Islamic Azad University", branches)):
        any_hit, meti, match = 0, 0, 0
        for row in chosen:
            hits = screener.screen_one(Query(row["name"]))
            of_meti = [hit for hit in hits if hit.list_id == METI]
            any_hit, meti = any_hit + bool(hits), meti + bool(of_meti)
            match += any(hit.band is Band.MATCH for hit in of_meti)
            if of_meti and label.startswith("unlisted"):
                shown.append((row["name"], of_meti[0].matched, of_meti[0].score, of_meti[0].band.value))
        rows.append((label, len(chosen), meti, meti / len(chosen), match, any_hit / len(chosen)))
    page.table(("universities", "number", "with a METI hit", "share", "in match", "share with a hit of any list"), rows)
    page.say("Every one with a METI hit:")
    page.table(("query", "listed name", "score", "band"), sorted(shown, key=lambda row: -row[2]))
    japanese = [row["name"] for row in cases if row["country"] == "JP"]
    alerts = [name for name in japanese if screener.screen_one(Query(name))]
    page.say(f"Japanese universities against all lists: {len(alerts)} of {len(japanese)} with a hit {alerts or ''}.")
    page.say("Peers on the same question, as the issue gives them: logic-v2 5, watchman 19, token_sort 42, WRatio all.")


def measure_scripts(page: Page, screener: ListScreener) -> None:
    page.heading("Across scripts, by screening one half against a list of the other")
    rows = []
    katakana = [(row["ja"], row["en"]) for row in read_cases("katakana_names_dev")]
    rows.append(("katakana and Japanese names, English list, kind unknown", *_ranked(katakana, EntryKind.UNKNOWN)))
    rows.append(("the same, all listed as bodies", *_ranked(katakana, EntryKind.ORGANIZATION)))
    back = [(english, native) for native, english in katakana]
    rows.append(("English names, list in katakana and Japanese alone", *_ranked(back, EntryKind.UNKNOWN)))
    han = [
        (next(a.name for a in e.aliases if main_script(a.name) is Script.HAN), e.name)
        for one in screener.lists
        if one.id in (METI, "us_bis_entity_list", "us_dod_1286", "us_dod_1260h", "ca_nro")
        for e in one.entries
        if main_script(e.name) is Script.LATIN and any(main_script(a.name) is Script.HAN for a in e.aliases)
    ]
    rows.append(("Han name of a body, English-only list", *_ranked(han, EntryKind.ORGANIZATION)))
    back = [(english, native) for native, english in han]
    rows.append(("English name of a body, list in Han alone", *_ranked(back, EntryKind.ORGANIZATION)))
    page.table(("pairs", "listed", "not listed", "threshold at 1 % alerts", "recall", "recall at the cutoff"), rows)
    page.say("Best peers, as the issue gives them: katakana .39, Han against English .01.")
    _originals(page, next(listed for listed in screener.lists if listed.id == "un_sc"))
    _tokens(page)


def _originals(page: Page, listed: Listed) -> None:
    """Say how many listed persons are found by the name the UN prints in their own script, its Latin names listed."""
    persons = [entry for entry in listed.entries if entry.kind is EntryKind.PERSON and not entry.lifted]
    latin = [replace(e, aliases=tuple(a for a in e.aliases if main_script(a.name) is Script.LATIN)) for e in persons]
    screener = open_lists([edition_of(latin, listed.id)])
    unlisted = [row["full_name"] for row in read_cases("persons_synthetic")]
    rows = []
    for script in (Script.ARABIC, Script.CYRILLIC):
        asked = [(a.name, e.number) for e in persons for a in e.aliases if main_script(a.name) is script]
        found = sum(any(h.entry.number == n for h in screener.screen_one(Query(name))) for name, n in asked)
        others = [name for name in unlisted if main_script(name) is script]
        alerts = sum(bool(screener.screen_one(Query(name))) for name in others)
        rows.append((script.value, len(asked), found / len(asked), len(others), f"{alerts / len(others):.4f}"))
    page.say("Persons by their name in their own script against the Latin names of the UN list, at the cutoff:")
    page.table(("script", "listed names", "found", "unlisted persons", "share with a hit"), rows)


def _ranked(pairs: Sequence[tuple[str, str]], kind: EntryKind) -> tuple[object, ...]:
    """Return sizes, threshold and recall: half of the pairs listed, the queries of the other half are negatives."""
    listed = [pair for pair in pairs if share(pair[1]) < 0.5]
    english = [normalize_name(name) for _, name in listed]
    native = [normalize_name(name) for name, _ in listed]
    absent = [
        pair
        for pair in pairs
        if share(pair[1]) >= 0.5
        and process.extractOne(normalize_name(pair[1]), english, scorer=fuzz.token_sort_ratio)[1] < 88
        and process.extractOne(normalize_name(pair[0]), native, scorer=fuzz.ratio)[1] < 88
    ]
    screener = open_lists([make_edition([name for _, name in listed], kind)])
    positive = [
        max((h.score for h in screener.screen_one(Query(query), _LOW) if h.entry.name == name), default=0.0)
        for query, name in listed
    ]
    negative = [max((h.score for h in screener.screen_one(Query(q), _LOW)), default=0.0) for q, _ in absent]
    threshold, recall = at_alert_rate(positive, negative, 0.01)
    at_cutoff = sum(score >= screener.tuning.cutoff for score in positive) / len(positive)
    return len(listed), len(absent), threshold, recall, at_cutoff


def _tokens(page: Page) -> None:
    rows = []
    chance = random.Random(1)
    for script, cases in _by(read_cases("translit_dev"), "script").items():
        latin = [sound_key(normalize_name(c["latin"]).replace(" ", "")) for c in cases]
        native = [sound_key(romanize(normalize_name(c["native"]).replace(" ", ""))) for c in cases]
        positive = [compare_sounds(a, b) for a, b in zip(latin, native, strict=True)]
        negative = [compare_sounds(chance.choice(latin), b) for b in native for _ in range(40)]
        rates = (at_alert_rate(positive, negative, rate)[1] for rate in (0.01, 0.001))
        rows.append((script, len(cases), *rates))
    page.say("Single name tokens by sound alone (`translit_dev.csv`); negatives are random pairs:")
    page.table(("script", "pairs", "recall at 1 %", "recall at 0.1 %"), rows)


def _by(rows: Sequence[dict[str, str]], key: str) -> dict[str, list[dict[str, str]]]:
    found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return dict(found)


def measure_pairs(page: Page) -> None:
    page.heading("Labelled name pairs (`name_pairs_dev.csv`)")
    parameters, logic = Parameters(AS_OF), peers.logic_v2()
    cases = read_cases("name_pairs_dev")
    ours, theirs, plain = [], [], []
    for case in cases:
        person = case["schema"] == "Person"
        kind = EntryKind.PERSON if person else EntryKind.ORGANIZATION
        first, second, match = case["name1"], case["name2"], case["is_match"] == "true"
        both = (compare_names(first, second, kind, parameters), compare_names(second, first, kind, parameters))
        ours.append((max(scored.score for scored in both), match))
        plain.append((fuzz.token_sort_ratio(normalize_name(first), normalize_name(second)), match))
        if logic is not None:
            theirs.append((logic(first, second, person), match))
    rows = []
    for label, kept in (
        ("persons", [c["schema"] == "Person" for c in cases]),
        ("companies and others", [c["schema"] != "Person" for c in cases]),
        ("all", [True] * len(cases)),
    ):
        engines = {"ours": ours, "token_sort": plain} | ({"logic-v2": theirs} if theirs else {})
        for engine, scored in engines.items():
            chosen = [pair for pair, keep in zip(scored, kept, strict=True) if keep]
            fit = [p for p, c, k in zip(scored, cases, kept, strict=True) if k and share(c["name1"] + c["name2"]) < 0.5]
            rest = [
                p for p, c, k in zip(scored, cases, kept, strict=True) if k and share(c["name1"] + c["name2"]) >= 0.5
            ]
            best = max(range(30, 100), key=lambda t: f1(fit, t))
            rows.append((label, engine, len(chosen), best, f1(fit, best), f1(rest, best), f1(chosen, best)))
    page.table(("pairs", "engine", "number", "threshold of half A", "F1 half A", "F1 half B", "F1 all"), rows)
    if not theirs:
        page.say("nomenklatura is not installed here: `pip install nomenklatura` to have logic-v2 beside ours.")


def measure_books(page: Page, screener: ListScreener) -> None:
    page.heading("300 ordinary workbooks: 20 papers each with 8 co-authors; authors screened by affiliation")
    listed = {normalize_name(n) for one in screener.lists for e in one.entries for n in names_of(e)}
    chance = random.Random(20)
    universities = [r for r in read_cases("universities") if "azad" not in r["name"].lower()]
    universities = [r for r in universities if normalize_name(r["name"]) not in listed]
    persons = [row["full_name"] for row in read_cases("persons_synthetic")]
    judged, subjects, with_hit, book_hits = set(), Counter(), Counter(), 0
    meti_mof = open_lists([edition_of(o.entries, o.id) for o in screener.lists if o.id in (METI, "jp_mof")])
    for _ in range(300):
        subject = chance.choice(persons)
        bodies = {row["name"]: row["country"] for row in chance.sample(universities, 24)}
        hits = {(name, hit.list_id, hit.entry.number) for name, country in bodies.items()
                for hit in meti_mof.screen_one(Query(name, country=country))}  # fmt: skip
        own = meti_mof.screen_one(Query(subject))
        hits |= {(subject, hit.list_id, hit.entry.number) for hit in own}
        book_hits += len(hits)
        judged |= hits
        subjects[main_script(subject)] += 1
        with_hit[main_script(subject)] += bool(own)
    page.say(f"Lists of the default profile: {book_hits} hits to judge in 300 workbooks ({len(judged)} different).")
    page.say("Share of their 300 subjects with a hit on their own name, by script of the name:")
    page.table(
        ("script", "subjects", "with a hit", "share"),
        [(script.value, n, with_hit[script], with_hit[script] / n) for script, n in subjects.most_common()],
    )
    everybody, found, shown = Counter(), Counter(), []
    for name in persons:
        everybody[main_script(name)] += 1
        if hits := meti_mof.screen_one(Query(name)):
            found[main_script(name)] += 1
            shown.append((name, hits[0].matched, hits[0].score, hits[0].band.value))
    mean = sum(found.values()) / sum(everybody.values())
    rows = [(script.value, n, found[script], f"{found[script] / n:.4f}", found[script] / n / mean if mean else 0.0,
             f"{n * mean:.1f}") for script, n in everybody.most_common()]  # fmt: skip
    page.say(f"Share of persons with a hit, by script of the name ({sum(everybody.values())} unlisted persons):")
    page.table(("script", "persons", "with a hit", "share", "times the mean", "hits expected at the mean"), rows)
    page.say("Every one of them:")
    page.table(("query", "listed name", "score", "band"), sorted(shown, key=lambda row: -row[2]))
