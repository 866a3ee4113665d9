"""Building the index of a set of editions from their entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from xlsaddin import resources
from xlsaddin.screening.index import INITIALS, Index, digest, initials_key, script_bits
from xlsaddin.screening.parts import listed_variants
from xlsaddin.screening.similar import word_sound
from xlsaddin.screening.slips import joined_names, slip_keys
from xlsaddin.screening.sorts import listed_as_acronym, may_stand_inside
from xlsaddin.screening.trigrams import FEATURES, features
from xlsaddin.screening.vocabulary import SCRIPTS, Vocabulary
from xlsaddin.screening.weights import WordWeights, body_counts, count_words
from xlsaddin.screening.words import Name, Word, latin_word, names_person, read_name
from xlsaddin.text.scripts import Script
from xlsaddin.watchlist.model import Alias, ListEntry

_LONGEST_SYLLABLE, _LONGEST_JOINED_NAME = 6, 6
LATIN = 1 << SCRIPTS.index(Script.LATIN)
_LEAST_COUNT = 3  # a word of well-known bodies met less often weighs as much as an unknown one


def names_of(entry: ListEntry) -> Iterator[tuple[int, int, str]]:
    """Yield the names of an entry that is in force: alias number (-1 for the main name), variant number, text."""
    if not entry.lifted:
        for alias, name in enumerate((entry.name, *(alias.name for alias in entry.aliases)), start=-1):
            for variant, text in enumerate(listed_variants(name)):
                yield alias, variant, text


def build_index(lists: Sequence[Sequence[ListEntry]]) -> Index:
    """Return the index of the entries of several lists, in the order given."""
    places: list[tuple[int, int, int, int]] = []
    names: list[Name] = []
    persons: list[bool] = []
    acronyms: list[bool] = []
    weigh: list[WordWeights] = []
    for list_number, entries in enumerate(lists):
        in_force = 0
        for entry_number, entry in enumerate(entries):
            in_force += not entry.lifted
            for alias, variant, text in names_of(entry):
                if (name := read_name(text)).words:
                    places.append((list_number, entry_number, alias, variant))
                    names.append(name)
                    persons.append(names_person(entry, name))
                    acronyms.append(not persons[-1] and listed_as_acronym(entry, alias, name))
        counts = count_words([text for *_, text in names_of(entry)] for entry in entries)
        weigh.append(WordWeights(counts, in_force))
    joined = [_joined_words(name) if person else () for name, person in zip(names, persons, strict=True)]
    words = _all_words(names, joined)
    form_scripts = np.array([script_bits(name.words) for name in names], np.int32)
    entry_scripts = _entry_scripts(places, form_scripts, lists)
    listed = {word.text for name in names for word in name.words}.union(w.text for more in joined for w in more)
    alone = {w.text for name, bits in zip(names, entry_scripts, strict=True) if not bits & LATIN for w in name.words}
    vocabulary = _build_vocabulary(words, listed, alone)
    weights = np.array([[weight.weight(word) for word in words] for weight in weigh], np.float32)
    weights = weights.reshape(len(weigh), len(words))
    ids = vocabulary.ids
    numbers = [[ids[word.text] for word in name.words] for name in names]
    form_list = np.array([place[0] for place in places], np.int16)
    form_weight = np.array(
        [weights[place[0], row].sum() for place, row in zip(places, numbers, strict=True)], np.float32
    )
    posting_starts, posting_forms = _invert(
        [sorted({*row, *(ids[word.text] for word in more)}) for row, more in zip(numbers, joined, strict=True)],
        len(words),
    )
    name_keys, name_forms = _name_keys(names)
    slips, slip_forms = _slip_keys(names)
    return Index(
        vocabulary=vocabulary,
        weights=weights,
        form_list=form_list,
        form_entry=np.array([place[1] for place in places], np.int32),
        form_alias=np.array([place[2] for place in places], np.int16),
        form_variant=np.array([place[3] for place in places], np.int8),
        form_person=np.array(persons, np.bool_),
        form_acronym=np.array(acronyms, np.bool_),
        form_inside=np.array(
            [
                len(name.words) > 1 and (person or may_stand_inside(name))
                for name, person in zip(names, persons, strict=True)
            ],
            np.bool_,
        ),
        form_scripts=form_scripts,
        entry_scripts=entry_scripts,
        form_weight=form_weight,
        posting_starts=posting_starts,
        posting_forms=posting_forms,
        name_keys=name_keys,
        name_forms=name_forms,
        slip_keys=slips,
        slip_forms=slip_forms,
        body_keys=_body_keys(),
    )


def _joined_words(name: Name) -> tuple[Word, ...]:
    """Return neighbouring short words of a person's name written together (Song Chol, Songchol)."""
    if len(name.words) > _LONGEST_JOINED_NAME:
        return ()
    short = [word.latin and word.number is None and len(word.text) <= _LONGEST_SYLLABLE for word in name.words]
    return tuple(
        latin_word(first.text + second.text, False)
        for (first, second), both in zip(pairwise(name.words), pairwise(short), strict=True)
        if all(both)
    )


def _all_words(names: Iterable[Name], joined: Iterable[tuple[Word, ...]]) -> list[Word]:
    """Return every word of the names, then the words of well-known bodies that only tell what is common."""
    words = {word.text: word for words in joined for word in words}
    words.update({word.text: word for name in names for word in name.words})
    for text, count in body_counts()[0].items():
        if count >= _LEAST_COUNT and text.isascii() and text not in words:
            words[text] = latin_word(text, True)
    return [words[text] for text in sorted(words) if words[text].text == text]


def _entry_scripts(
    places: Sequence[tuple[int, int, int, int]], form_scripts: NDArray[np.int32], lists: Sequence[Sequence[ListEntry]]
) -> NDArray[np.int32]:
    """Return, for each form, the scripts the full names of its entry are printed in; acronyms are no full names."""
    bits: defaultdict[tuple[int, int], int] = defaultdict(int)
    for (list_number, entry_number, alias, _), scripts in zip(places, form_scripts, strict=True):
        if alias < 0 or _full_name(lists[list_number][entry_number].aliases[alias]):
            bits[list_number, entry_number] |= int(scripts)
    return np.array([bits[list_number, entry_number] for list_number, entry_number, *_ in places], np.int32)


def _full_name(alias: Alias) -> bool:
    return not alias.weak and alias.relation not in ("acronym", "related")


def _build_vocabulary(words: Sequence[Word], listed: Collection[str], alone: Collection[str]) -> Vocabulary:
    sounds = [word_sound(word.text) for word in words]
    rows = [
        features(sound.full, sound.skeleton) if word.number is None and word.text in listed else []
        for word, sound in zip(words, sounds, strict=True)
    ]
    starts, ids = _invert(rows, FEATURES)
    meanings: defaultdict[str, list[int]] = defaultdict(list)
    for number, word in enumerate(words):
        if not word.latin:
            for part in sorted({part for phrase in word.phrases for part in phrase}):
                meanings[part].append(number)
    return Vocabulary(
        texts=tuple(word.text for word in words),
        sounds=tuple(sound.full for sound in sounds),
        reduced=tuple(sound.reduced for sound in sounds),
        skeletons=tuple(sound.skeleton for sound in sounds),
        scripts=np.array([SCRIPTS.index(word.script) for word in words], np.int8),
        known=np.array([word.known for word in words], np.bool_),
        alone=np.array([word.text in alone for word in words], np.bool_),
        feature_starts=starts,
        feature_ids=ids,
        feature_counts=np.array([len(row) for row in rows], np.int32),
        meanings={part: np.array(numbers, np.int32) for part, numbers in sorted(meanings.items())},
    )


def _invert(rows: Sequence[Sequence[int]], columns: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return, for each column, the rows that hold it (compressed rows, ascending)."""
    flat = np.fromiter(chain.from_iterable(rows), np.int32)
    owners = np.repeat(np.arange(len(rows), dtype=np.int32), [len(row) for row in rows])
    order = np.argsort(flat, kind="stable")
    starts = np.concatenate(([0], np.cumsum(np.bincount(flat, minlength=columns))))
    return starts.astype(np.int32), owners[order]


def _name_keys(names: Sequence[Name]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Return sorted digests of whole names, of names joined and of neighbouring words joined, and their forms."""
    pairs: set[tuple[int, int]] = set()
    for form, name in enumerate(names):
        texts = [word.text for word in name.words]
        joined = {name.core.replace(" ", ""), "".join(texts), *(first + second for first, second in pairwise(texts))}
        initials = "".join(text[0] for text in texts)
        joined.update(initials_key(initials[:length]) for length in INITIALS if length < len(texts))
        pairs.update((digest(text), form) for text in joined)
    ordered = sorted(pairs)
    return np.array([key for key, _ in ordered], np.uint64), np.array([form for _, form in ordered], np.int32)


def _slip_keys(names: Sequence[Name]) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Return sorted checksums of joined names with and without any one letter, and their forms."""
    rows = [{key for text in joined_names(name) for key in slip_keys(text)} for name in names]
    keys = np.fromiter(chain.from_iterable(rows), np.uint32)
    forms = np.repeat(np.arange(len(rows), dtype=np.int32), [len(row) for row in rows])
    order = np.lexsort((forms, keys))
    return keys[order], forms[order]


def _body_keys() -> NDArray[np.uint64]:
    lines = resources.package_path("names", "bodies.txt").read_text(encoding="utf-8").splitlines()
    return np.unique(np.array([digest(line) for line in lines], np.uint64))
