"""The search index of a set of editions: which listed names share words with a query, and how much of it.

One "form" is one listed name or alias.  The index never decides: it returns the forms that could reach a score, with an
upper bound, and the matcher compares those word by word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from xlsaddin.screening.slips import joined_names, slip_keys
from xlsaddin.screening.vocabulary import SCRIPTS, Vocabulary
from xlsaddin.screening.words import Name, Word
from xlsaddin.text.glossary import Phrase
from xlsaddin.text.scripts import Script

MOST_PER_LIST = 24  # forms of one list compared word by word for one query
_KEPT_WORDS = 60_000
_NEAR = 0.8  # a word this like a listed one weighs what that one weighs
_SHORT_WORD, _SHORT_WEIGHT = 3, 0.6  # an unknown word of so few letters tells little
_LEAST_WEIGHT = 0.3  # the lightest form worth finding
# How much of a left-over weight the bound counts: less than the matcher ever does.
_PERSON_LEFT, _BODY_LEFT = 0.20, 0.45
_PERSON_READ, _PERSON_WHOLE = 0.40, 1.0  # in another script; in one whose names are written whole
INITIALS = range(3, 7)  # how many words are written as initials before the rest of a name
_LONG_WORD = 4  # shorter words may agree as initials and abbreviations


SYLLABIC = 1 << SCRIPTS.index(Script.HAN) | 1 << SCRIPTS.index(Script.HANGUL)


@dataclass(frozen=True, slots=True)
class Form:
    """Where a listed name stands: list, entry, which of its names (-1 the main one, else the alias), which variant."""

    list: int
    entry: int
    alias: int
    variant: int


@dataclass(frozen=True, slots=True)
class _Share:
    """What one word of a query contributes: forms, matched weight in each, and the word's weight in each list."""

    forms: NDArray[np.int32]
    matched: NDArray[np.float32]
    weights: NDArray[np.float32]


@dataclass(frozen=True)
class Index:
    """The arrays of the index.

    Attributes:
        vocabulary: all words; weights: weight of each word in each list.
        form_list, form_entry, form_alias, form_variant: where each form stands.
        form_person: True for a name of a person; form_acronym: for one that is nothing but an acronym.
        form_inside: True for a name that may be found whole in a longer one.
        form_scripts: scripts of its words, a bit each; entry_scripts: scripts its entry's full names are printed in.
        form_weight: sum of the weights of its words.
        posting_starts, posting_forms: forms by word.
        name_keys, name_forms: sorted digests of joined names, neighbouring words and initials of first words -> form.
        slip_keys, slip_forms: sorted checksums of joined names, whole and with any one letter left out -> form.
        body_keys: sorted digests of names of well-known bodies.
    """

    vocabulary: Vocabulary
    weights: NDArray[np.float32]
    form_list: NDArray[np.int16]
    form_entry: NDArray[np.int32]
    form_alias: NDArray[np.int16]
    form_variant: NDArray[np.int8]
    form_person: NDArray[np.bool_]
    form_acronym: NDArray[np.bool_]
    form_inside: NDArray[np.bool_]
    form_scripts: NDArray[np.int32]
    entry_scripts: NDArray[np.int32]
    form_weight: NDArray[np.float32]
    posting_starts: NDArray[np.int32]
    posting_forms: NDArray[np.int32]
    name_keys: NDArray[np.uint64]
    name_forms: NDArray[np.int32]
    slip_keys: NDArray[np.uint32]
    slip_forms: NDArray[np.int32]
    body_keys: NDArray[np.uint64]
    _shares: dict[tuple[str, tuple[Phrase, ...]], _Share] = field(default_factory=dict, repr=False)

    def form(self, number: int) -> Form:
        """Return where a form stands."""
        return Form(
            int(self.form_list[number]),
            int(self.form_entry[number]),
            int(self.form_alias[number]),
            int(self.form_variant[number]),
        )

    def weigh(self, word: Word, list_number: int) -> float:
        """Return what a word weighs in a list."""
        number = self.vocabulary.ids.get(word.text)
        weights = self.weights[:, number] if number is not None else self._share(word).weights
        return float(weights[list_number])

    def is_body(self, name: Name) -> bool:
        """Return True when a name is exactly that of a well-known body."""
        key = np.uint64(digest(name.normal))
        place = int(np.searchsorted(self.body_keys, key))
        return place < len(self.body_keys) and self.body_keys[place] == key

    def candidates(self, name: Name, least: float) -> list[int]:
        """Return the forms whose score for a name could reach `least` (0 to 1), most promising first."""
        words = name.words
        found = [*self._named(name), *self._slipped(name)]
        shares = [share for word in dict.fromkeys(words) if len((share := self._share(word)).forms)]
        if shares:
            matched: NDArray[np.float64] = np.bincount(
                np.concatenate([share.forms for share in shares]),
                np.concatenate([share.matched for share in shares]),
                minlength=len(self.form_list),
            ).astype(np.float64, copy=False)
            touched = np.flatnonzero(matched > _LEAST_WEIGHT * least)
            touched = touched[self._readable(touched, script_bits(words)) & ~self.form_acronym[touched]]
            found.extend(self._best(touched, matched[touched], shares, words, least))
        return list(dict.fromkeys(found))

    def _best(
        self,
        forms: NDArray[np.int64],
        matched: NDArray[np.float64],
        shares: Sequence[_Share],
        words: Sequence[Word],
        least: float,
    ) -> list[int]:
        """Return the forms with the best bounds, at most `MOST_PER_LIST` of a list."""
        lists = self.form_list[forms]
        total = self._asked(words)[lists]
        whole = self.form_weight[forms]
        matched = np.minimum(matched, whole)
        missing = whole - matched + np.maximum(0.0, total - matched)
        left = np.where(self.form_person[forms], self._left_of_persons(forms, script_bits(words)), _BODY_LEFT)
        bound = matched / (matched + left * missing)
        inside = self.form_inside[forms] & (matched >= 0.85 * whole) & (whole >= _LEAST_WEIGHT)
        kept = np.flatnonzero((bound >= least) | inside)
        if all(word.latin and len(word.text) >= _LONG_WORD for word in words):
            alone = self._alone(forms[kept], shares)
            bound[kept] = np.where(alone, matched[kept] / (matched[kept] + missing[kept]), bound[kept])
            kept = kept[(bound[kept] >= least) | inside[kept]]
        order = kept[np.lexsort((forms[kept], -bound[kept]))]
        if len(order) > MOST_PER_LIST:
            order = order[_rank_within(lists[order]) < MOST_PER_LIST]
        return [int(forms[i]) for i in order]

    def _left_of_persons(self, forms: NDArray[np.int64], asked: int) -> NDArray[np.float64]:
        """Return how much of a left-over weight counts in names of persons: more where no script is shared."""
        scripts = self.form_scripts[forms]
        whole = ((scripts | asked) & SYLLABIC) != 0
        return np.where((scripts & asked) != 0, _PERSON_LEFT, np.where(whole, _PERSON_WHOLE, _PERSON_READ))

    def _alone(self, forms: NDArray[np.int64], shares: Sequence[_Share]) -> NDArray[np.bool_]:
        """Return True for names of persons that share one word only; their other words stand against the query's."""
        shared = np.zeros(len(forms), np.int64)
        for share in shares:
            place = np.minimum(np.searchsorted(share.forms, forms), len(share.forms) - 1)
            shared += share.forms[place] == forms
        return np.asarray((shared < 2) & self.form_person[forms] & ~self._shortened[forms])

    def _readable(self, forms: NDArray[np.int64], asked: int) -> NDArray[np.bool_]:
        """Return False for forms in another script than the query's whose entry is also printed in the query's."""
        if not asked:
            return np.ones(len(forms), np.bool_)
        same, printed = self.form_scripts[forms] & asked, self.entry_scripts[forms] & asked
        return np.asarray((same != 0) | (printed == 0))

    def _asked(self, words: Sequence[Word]) -> NDArray[np.float32]:
        """Return the weight of a query in each list."""
        total = np.zeros(self.weights.shape[0], np.float32)
        for word in words:
            total += self._share(word).weights
        return total

    def _share(self, word: Word) -> _Share:
        """Return what a word contributes, remembered for the next query with the same word."""
        key = (word.text, word.phrases)
        if (share := self._shares.get(key)) is None:
            if len(self._shares) >= _KEPT_WORDS:
                self._shares.clear()
            share = self._shares[key] = self._look_up(word)
        return share

    def _look_up(self, word: Word) -> _Share:
        """Find the forms with a word like this one, each counted once, with its best likeness."""
        similar = self.vocabulary.similar(word)
        same = self.vocabulary.ids.get(word.text)
        starts = self.posting_starts[similar.ids]
        counts = self.posting_starts[similar.ids + 1] - starts
        places = np.repeat(starts - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        forms = self.posting_forms[places]
        matched = self.weights[self.form_list[forms], np.repeat(similar.ids, counts)] * np.repeat(similar.alike, counts)
        weights = self._own_weight(word, same, similar.ids, similar.alike)
        if not word.latin and any(len(parts) > 1 for parts in word.phrases):
            return _Share(*_add_parts(forms, matched, np.repeat(similar.whole, counts)), weights)
        return _Share(*_merge_forms(forms, matched), weights)

    def _own_weight(
        self, word: Word, same: int | None, ids: NDArray[np.int32], alike: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return the weight of a word in each list: its own, or that of the word it is a spelling of."""
        if same is not None:
            return self.weights[:, same]
        if not word.latin and word.known:
            parts = [[self.vocabulary.ids.get(part) for part in phrase] for phrase in word.phrases]
            heaviest = [
                np.max([self.weights[:, n] if n is not None else self._unknown for n in numbers], axis=0)
                for numbers in parts
                if numbers
            ]
            return np.asarray(np.min(heaviest, axis=0), np.float32)
        if len(near := ids[alike >= _NEAR]):
            weights = self.weights[:, near]
            # Arabic writes few vowels: one word may be several names (Muhammad, Mahmud), the commonest the likeliest.
            return np.asarray((weights.min if word.script is Script.ARABIC else weights.max)(axis=1), np.float32)
        return self._unknown * (_SHORT_WEIGHT if len(word.text) <= _SHORT_WORD else 1.0)

    def _named(self, name: Name) -> list[int]:
        """Return the forms written like a name with its words joined, or like two neighbours of them joined."""
        texts = {name.core.replace(" ", ""), "".join(word.text for word in name.words)}
        texts.update(word.text for word in name.words)
        texts.update(initials_key(word.text) for word in name.words if self._may_be_initials(word))
        keys = np.array(sorted(digest(text) for text in texts), np.uint64)
        return [
            form for run in _runs_of(self.name_keys, keys) for form in self.name_forms[run][:MOST_PER_LIST].tolist()
        ]

    def _may_be_initials(self, word: Word) -> bool:
        """Return True for a short Latin word no list has, which may be the initials of several."""
        return word.latin and len(word.text) in INITIALS and word.text not in self.vocabulary.ids

    def _slipped(self, name: Name) -> list[int]:
        """Return the forms that may differ from a name by one slip of a letter or blank."""
        keys = np.array(sorted({key for text in joined_names(name) for key in slip_keys(text)}), np.uint32)
        found = [self.slip_forms[run] for run in _runs_of(self.slip_keys, keys)]
        return np.unique(np.concatenate(found))[:MOST_PER_LIST].tolist() if found else []

    @cached_property
    def _shortened(self) -> NDArray[np.bool_]:
        """Forms with a word so short that it may be an initial or an abbreviation."""
        marked = np.zeros(len(self.form_list), np.bool_)
        for number, text in enumerate(self.vocabulary.texts):
            if len(text) < _LONG_WORD:
                marked[self.posting_forms[self.posting_starts[number] : self.posting_starts[number + 1]]] = True
        return marked

    @cached_property
    def _unknown(self) -> NDArray[np.float32]:
        return np.ones(self.weights.shape[0], np.float32)


def _runs_of(ordered: NDArray[np.generic], keys: NDArray[np.generic]) -> list[slice]:
    """Return where some keys stand in a sorted array, those left out that do not."""
    starts = np.searchsorted(ordered, keys)
    there = starts < len(ordered)
    there[there] = ordered[starts[there]] == keys[there]
    stops = np.searchsorted(ordered, keys[there], "right")
    return [slice(int(start), int(stop)) for start, stop in zip(starts[there], stops, strict=True)]


def _rank_within(groups: NDArray[np.int16]) -> NDArray[np.int64]:
    """Return, for each element, how many elements of the same group stand before it."""
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.concatenate(([True], groups[order][1:] != groups[order][:-1])))
    ranks = np.arange(len(groups)) - np.repeat(starts, np.diff(np.append(starts, len(groups))))
    result = np.empty(len(groups), np.int64)
    result[order] = ranks
    return result


def _merge_forms(
    forms: NDArray[np.int32], matched: NDArray[np.float32]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Return each form once, with the largest of its values."""
    if len(forms) < 2:
        return forms, matched
    order = np.lexsort((-matched, forms))
    first = _firsts(forms[order])
    return forms[order][first], matched[order][first]


def _add_parts(
    forms: NDArray[np.int32], matched: NDArray[np.float32], whole: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Return each form once, with the sum of its values; a form with but one part of a phrase is left out."""
    if not len(forms):
        return forms, matched
    order = np.argsort(forms, kind="stable")
    starts = np.flatnonzero(_firsts(forms[order]))
    enough = np.add.reduceat(np.where(whole[order], 2, 1), starts) > 1
    return forms[order][starts][enough], np.add.reduceat(matched[order], starts)[enough]


def _firsts(ordered: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return True for the first of each run of equal numbers."""
    return np.concatenate(([True], ordered[1:] != ordered[:-1]))


def initials_key(initials: str) -> str:
    """Return what initials of words are kept under among the names, apart from words spelled like them."""
    return f"{initials} …"


def script_bits(words: Sequence[Word]) -> int:
    """Return the scripts of some words, a bit each; digits have none."""
    bits = 0
    for word in words:
        if word.number is None:
            bits |= 1 << SCRIPTS.index(word.script)
    return bits


def digest(text: str) -> int:
    """Return the 64-bit digest of a name."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
