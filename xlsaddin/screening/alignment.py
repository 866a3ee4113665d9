"""Which words of two names belong together, and which are left over on either side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA, Levenshtein

from xlsaddin.screening.similar import (
    LEAST_ALIKE,
    LEAST_PART,
    PART_READ,
    How,
    compare_spellings,
    compare_words,
    same_syllable,
    scaled_sound,
    syllabic,
    word_sound,
)
from xlsaddin.screening.words import Word, is_known
from xlsaddin.text.letter_costs import LEARNED, compare_letters
from xlsaddin.text.scripts import Script
from xlsaddin.text.sound import compare_sounds, korean_key
from xlsaddin.text.transliterate import romanize

Weigh = Callable[[Word], float]
_MOST_JOINED = 3
_SHORTEST_JOINED = 5
_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 3, 8
_ACRONYM, _SHORT_ACRONYM = 0.85, 0.6  # how alike initials and the words are; three letters are many bodies' initials
_LEAST_NEAR, _LEAST_NEAR_WRITTEN, _LEAST_JOINED = 0.75, 0.5, 0.8


class Pair(NamedTuple):
    """Words of both names that stand for each other, by their places, with the words as they are."""

    query: tuple[int, ...]
    listed: tuple[int, ...]
    similarity: float
    how: How


class Alignment(NamedTuple):
    """The pairs of two names, best first, and the places of words without a partner."""

    pairs: tuple[Pair, ...]
    only_query: tuple[int, ...]
    only_listed: tuple[int, ...]


def align_words(query: Sequence[Word], listed: Sequence[Word], weigh: Weigh) -> Alignment:
    """Return the best pairs, the heaviest and most alike first; each word belongs to one pair at most."""
    pairs, free_query, free_listed = _same_words(query, listed)
    if free_query and free_listed:
        found = _candidates(query, listed, free_query, free_listed)
        weights = [weigh(word) for word in listed]
        found.sort(key=lambda pair: (-_worth(pair, weights), pair.query, pair.listed))
        for pair in found:
            if free_query.issuperset(pair.query) and free_listed.issuperset(pair.listed):
                free_query.difference_update(pair.query)
                free_listed.difference_update(pair.listed)
                pairs.append(pair)
        _extend(pairs, query, listed, free_query, free_listed)
    return Alignment(tuple(pairs), tuple(sorted(free_query)), tuple(sorted(free_listed)))


def _same_words(query: Sequence[Word], listed: Sequence[Word]) -> tuple[list[Pair], set[int], set[int]]:
    """Return the pairs of equal words and the places that are still free."""
    places: dict[str, list[int]] = {}
    for place in range(len(listed) - 1, -1, -1):
        places.setdefault(listed[place].text, []).append(place)
    pairs, free = [], set[int]()
    for place, word in enumerate(query):
        if found := places.get(word.text):
            pairs.append(Pair((place,), (found.pop(),), 1.0, How.SAME))
        else:
            free.add(place)
    return pairs, free, {place for found in places.values() for place in found}


def _worth(pair: Pair, weights: Sequence[float]) -> float:
    """Return what decides which pairs come first: likeness above all; a phrase counts as one word."""
    weight = sum(weights[place] for place in pair.listed)
    if pair.how is How.MEANING:
        weight /= len(pair.listed)
    return pair.similarity**2 * weight


def _extend(
    pairs: list[Pair], query: Sequence[Word], listed: Sequence[Word], free_query: set[int], free_listed: set[int]
) -> None:
    """Let words matched by meaning take the rest of a phrase where it was left over (科技: technology, science)."""
    for number, pair in enumerate(pairs):
        if pair.how is not How.MEANING:
            continue
        if len(pair.query) == 1 and (more := _rest_of_phrase(query[pair.query[0]], listed, pair.listed, free_listed)):
            free_listed.difference_update(more)
            pairs[number] = pair._replace(listed=tuple(sorted((*pair.listed, *more))))
        elif len(pair.listed) == 1 and (more := _rest_of_phrase(listed[pair.listed[0]], query, pair.query, free_query)):
            free_query.difference_update(more)
            pairs[number] = pair._replace(query=tuple(sorted((*pair.query, *more))))


def _rest_of_phrase(word: Word, others: Sequence[Word], taken: Sequence[int], free: set[int]) -> tuple[int, ...]:
    """Return the places of the words that complete a phrase of which some words are taken already."""
    if word.latin or not word.known:
        return ()
    held = {others[place].text for place in taken}
    for phrase in word.phrases:
        if len(phrase) > len(held) and held.issubset(phrase):
            rest = [part for part in phrase if part not in held]
            if places := _phrase_places(rest, others, free, word):
                return places
    return ()


def _candidates(
    query: Sequence[Word], listed: Sequence[Word], free_query: set[int], free_listed: set[int]
) -> list[Pair]:
    """Return every pair the free words allow."""
    found = [
        Pair((i,), (j,), *alike)
        for i in sorted(free_query)
        for j in sorted(free_listed)
        if (alike := compare_words(query[i], listed[j])) is not None
    ]
    if len(free_query) > 1:
        for many, few in _many_to_one(query, listed, free_query, free_listed):
            found.append(Pair(many, few[0], few[1], few[2]))
    if len(free_listed) > 1:
        for many, few in _many_to_one(listed, query, free_listed, free_query):
            found.append(Pair(few[0], many, few[1], few[2]))
    return found


_One = tuple[tuple[int, ...], float, How]


class _Run(NamedTuple):
    """Two or three neighbouring words written together: places, text, first letters, script (None when mixed)."""

    places: tuple[int, ...]
    text: str
    initials: str
    script: Script | None


def _many_to_one(
    many: Sequence[Word], single: Sequence[Word], free_many: set[int], free_single: set[int]
) -> Iterator[tuple[tuple[int, ...], _One]]:
    """Yield places of several words of one name that one word of the other stands for."""
    runs = list(_runs(many, free_many))
    initials = "".join(_initial(word) if place in free_many else " " for place, word in enumerate(many))
    for place in sorted(free_single):
        word = single[place]
        if word.number is not None:
            continue
        if _is_acronym(word) and (start := initials.find(word.text)) >= 0:
            alike = _ACRONYM if len(word.text) > _SHORTEST_ACRONYM else _SHORT_ACRONYM
            yield tuple(range(start, start + len(word.text))), ((place,), alike, How.ABBREVIATION)
        for run in runs:
            if (joined := _compare_joined(run, word)) is not None:
                yield run.places, ((place,), *joined)
        if not word.latin:
            for phrase in word.phrases:
                if len(phrase) > 1 and (covered := _phrase_places(phrase, many, free_many, word)):
                    how = How.MEANING if word.known else How.READING
                    yield covered, ((place,), 0.92 if word.known else PART_READ, how)


def _initial(word: Word) -> str:
    return word.text[0] if word.latin and word.number is None else " "


def _is_acronym(word: Word) -> bool:
    """Return True for a Latin word that may be the initials of several."""
    return word.latin and _SHORTEST_ACRONYM <= len(word.text) <= _LONGEST_ACRONYM and not is_known(word.text)


def _runs(words: Sequence[Word], free: set[int]) -> Iterator[_Run]:
    """Yield runs of two or three neighbouring free words, numbers left out."""
    for start in sorted(free):
        first = words[start]
        text, initials = first.text, first.text[0]
        script: Script | None = first.script
        if first.number is not None:
            continue
        for place in range(start + 1, start + _MOST_JOINED):
            if place not in free or (word := words[place]).number is not None:
                break
            text, initials = text + word.text, initials + word.text[0]
            script = script if script is word.script else None
            yield _Run(tuple(range(start, place + 1)), text, initials, script)


def _compare_joined(run: _Run, word: Word) -> tuple[float, How] | None:
    """Return how alike words written together are to one word (al qaeda, alqaeda; 科学技术, 科技)."""
    if run.script is word.script:
        if run.text == word.text:
            return 0.98, How.JOINED
        if run.initials == word.text and len(word.text) < _SHORTEST_ACRONYM:
            return 0.6, How.INITIAL
        if word.script is Script.HAN:
            return (0.95, How.ABBREVIATION) if word.text == run.initials else None
        return _compare_joined_latin(run.text, word.text) if word.latin else None
    if run.script is not Script.LATIN or word.known or word.script is Script.HAN:
        return None  # readings of Han are phrases already
    if syllabic(word):
        return (0.95, How.READING) if korean_key(run.text) == korean_key(romanize(word.text)) else None
    if word.script in LEARNED:
        likely = compare_letters(word.text, word.script, run.text)
        return (likely, How.SOUND) if likely >= _LEAST_NEAR_WRITTEN else None
    sound = compare_sounds(word_sound(run.text), word_sound(word.text))
    return (scaled_sound(sound), How.SOUND) if sound >= _LEAST_NEAR else None


def _compare_joined_latin(joined: str, word: str) -> tuple[float, How] | None:
    """Return how alike two Latin words, one of them joined, are when a letter or two differ."""
    shorter, longer = sorted((len(joined), len(word)))
    if shorter < _SHORTEST_JOINED or longer > 2 * shorter:
        return None
    if not is_known(word) and OSA.normalized_similarity(joined, word) < LEAST_ALIKE:
        return None
    alike = compare_spellings(*sorted((joined, word)))
    return (0.95 * alike[0], How.JOINED) if alike and alike[0] > _LEAST_JOINED else None


def _phrase_places(phrase: Sequence[str], others: Sequence[Word], free: set[int], word: Word) -> tuple[int, ...]:
    """Return the places of all words of a phrase of `word` among the free ones, none unless all are there."""
    places: list[int] = []
    for part in phrase:
        for place in sorted(free.difference(places)):
            other = others[place]
            if other.latin and (other.text == part or (not word.known and _near(other.text, part, word.script))):
                places.append(place)
                break
        else:
            return ()
    return tuple(places)


def _near(text: str, reading: str, script: Script) -> bool:
    """Return True for a Latin word that a reading may be spelled as; Mandarin is spelled in one way."""
    if script is Script.HAN:
        return Levenshtein.normalized_similarity(text, reading) >= LEAST_PART
    if script is Script.HANGUL:
        return korean_key(text) == korean_key(reading)
    return same_syllable(word_sound(text), word_sound(reading))
