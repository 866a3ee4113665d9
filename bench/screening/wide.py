"""Held-out aliases, misspellings and affiliations of listed bodies and persons, among many that are not listed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence

from bench.screening.material import edition_of, names_of, open_lists, read_cases, share, without
from bench.screening.tables import Page, at_alert_rate
from xlsaddin.screening.engine import ListScreener
from xlsaddin.screening.model import Query
from xlsaddin.screening.similar import compare_words
from xlsaddin.screening.words import read_name
from xlsaddin.text.normalize import normalize_name
from xlsaddin.text.scripts import main_script
from xlsaddin.watchlist.model import EntryKind, ListEntry

_LOW = 30.0  # below it nothing matters
_UNITS = ("Department of Physics", "School of Engineering", "Faculty of Science", "State Key Laboratory of Materials")
_PLACES = ("Beijing 100081", "Tehran", "Moscow, Russia", "Shenzhen, China")
_Query = tuple[str, str, str, str]


def measure_wide(page: Page, screener: ListScreener) -> None:
    """Add the recall at one alert in a hundred, and what is missed."""
    page.heading("Held-out aliases, misspellings, affiliations against unlisted persons, universities, affiliations")
    chance = random.Random(11)
    editions, positive = [], []
    for listed in screener.lists:
        entries = []
        for entry in listed.entries:
            entries.append(entry)
            draw = share(f"{listed.id} {entry.number} {entry.name}")
            full = [i for i, a in enumerate(entry.aliases) if not a.weak and a.relation == "alias" and len(a.name) > 5]
            if entry.lifted:
                continue
            if draw < 0.06 and full:
                place = full[int(draw * 1e6) % len(full)]
                positive.append(("held-out alias", entry.aliases[place].name, listed.id, entry.number))
                entries[-1] = without(entry, place)
            elif 0.12 < draw < 0.16:
                positive.append(("misspelt", _misspell(entry.name, chance), listed.id, entry.number))
            elif 0.18 < draw < 0.22 and entry.kind is EntryKind.ORGANIZATION and len(entry.name.split()) > 2:
                text = f"{chance.choice(_UNITS)}, {entry.name}, {chance.choice(_PLACES)}"
                positive.append(("affiliation", text, listed.id, entry.number))
        editions.append(edition_of(entries, listed.id))
    known = {normalize_name(name) for one in screener.lists for entry in one.entries for name in names_of(entry)}
    universities = [row["name"] for row in read_cases("universities")]
    persons = [row["full_name"] for row in read_cases("persons_synthetic")]
    negative = [("university", name) for name in chance.sample(universities, 1500)]
    negative += [("person", name) for name in chance.sample(persons, 2500)]
    negative += [("affiliation", f"{chance.choice(_UNITS)}, {n}") for n in chance.sample(universities, 1000)]
    negative = [
        (kind, name) for kind, name in negative if not any(normalize_name(p) in known for p in name.split(", "))
    ]
    held = open_lists(editions)
    found = {
        query: max((h.score for h in held.screen_one(Query(query[1]), _LOW) if _is(h, query)), default=0.0)
        for query in positive
    }
    alerts = {query: max((h.score for h in held.screen_one(Query(query[1]), _LOW)), default=0.0) for query in negative}
    threshold, recall = at_alert_rate(list(found.values()), list(alerts.values()), 0.01)
    cutoff = screener.tuning.cutoff
    rows = [(f"listed: {kind}", sum(k[0] == kind for k in found), *_rates(found, kind, (cutoff, threshold)))
            for kind in ("held-out alias", "misspelt", "affiliation")]  # fmt: skip
    rows += [(f"not listed: {kind}", sum(k[0] == kind for k in alerts), *_rates(alerts, kind, (cutoff, threshold)))
             for kind in ("university", "person", "affiliation")]  # fmt: skip
    page.table(("queries", "number", f"share with a hit at the cutoff {cutoff:.0f}", f"at {threshold:.1f}"), rows)
    page.say(f"At 1 % alerts on the unlisted (threshold {threshold:.1f}): recall {recall:.3f}.")
    for half, label in ((False, "A"), (True, "B")):
        chosen, rest = ([v for k, v in scores.items() if (share(k[1]) >= 0.5) is half] for scores in (found, alerts))
        own, alone = at_alert_rate(chosen, rest, 0.01)
        page.say(f"Half {label} by digest of the query alone: threshold {own:.1f}, recall {alone:.3f}.")
    _break_down(page, found, {(e.id, one.number): one for e in editions for one in e.entries}, threshold)
    page.say("Best public engines on another set of the same kinds, as the issue gives them: recall 0.67 at 1 %.")


def _is(hit, query: tuple[str, str, str, str]) -> bool:
    return (hit.list_id, hit.entry.number) == query[2:]


def _rates(scores: dict, kind: str, thresholds: Sequence[float]) -> list[float]:
    chosen = [score for key, score in scores.items() if key[0] == kind]
    return [sum(score >= threshold for score in chosen) / len(chosen) for threshold in thresholds]


def _misspell(name: str, chance: random.Random) -> str:
    letters, place = list(name), chance.randrange(1, max(2, len(name) - 1))
    match chance.randrange(4):
        case 0 if len(letters) > 4:
            del letters[place]
        case 1:
            letters.insert(place, chance.choice("aeioutrsnl"))
        case 2:
            letters[place] = chance.choice("aeioutrsnl")
        case _ if len(letters) > place + 1:
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
    return "".join(letters)


def _break_down(
    page: Page, found: Mapping[_Query, float], entries: Mapping[tuple[str, str], ListEntry], least: float
) -> None:
    """Say what kinds of held-out aliases are found, and what no comparison of words could find."""
    total, with_hit, alike = Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for query, score in found.items():
        if query[0] == "held-out alias":
            entry = entries[query[2:]]
            kind = "person" if entry.kind is EntryKind.PERSON else "body"
            key = (kind, main_script(query[1]).value)
            total[key] += 1
            with_hit[key] += score > least
            alike[key] += _shares_word(query[1], entry)
    rows = [(*key, n, alike[key], with_hit[key], with_hit[key] / n) for key, n in total.most_common()]
    page.say("Held-out aliases by what they name and how they are written:")
    page.table(("names a", "script", "number", "share a word with another name", "found", "recall"), rows)
    nothing = sum(total.values()) - sum(alike.values())
    ceiling = 1 - nothing / len(found)
    page.say(
        f"{nothing} of them share no word with any other name of their entry, not even one spelled or sounding alike "
        f"(a former name, initials, another body's name). The most a comparison of words could reach: {ceiling:.3f}."
    )


def _shares_word(alias: str, entry: ListEntry) -> bool:
    """Return True when a word of an alias resembles one of another name of the entry in any way."""
    words = read_name(alias).words
    others = {word for name in names_of(entry) for word in read_name(name).words}
    return any(compare_words(word, other) for word in words for other in others)
