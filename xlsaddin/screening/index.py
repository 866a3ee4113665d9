"""The search index of a set of editions: which listed names share words with a query, and how much of it.

One "form" is one listed name or alias.  `candidates` picks those that could reach a score.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from xlsaddin.screening.resembling import words_resembling
from xlsaddin.screening.runs import firsts, spread
from xlsaddin.screening.vocabulary import SCRIPTS, Vocabulary
from xlsaddin.screening.words import Name, Word
from xlsaddin.text.glossary import Phrase
from xlsaddin.text.scripts import Script

_KEPT_WORDS = 60_000
_NEAR = 0.8  # a word this like a listed one weighs what that one weighs
_SHORT_WORD, _SHORT_WEIGHT = 3, 0.6  # an unknown word of so few letters tells little
INITIALS = range(3, 7)  # how many words are written as initials before the rest of a name
LONG_WORD = 4  # shorter words may agree as initials and abbreviations


@dataclass(frozen=True, slots=True)
class Form:
    """Where a listed name stands: list, entry, which of its names (-1 the main one, else the alias), which variant."""

    list: int
    entry: int
    alias: int
    variant: int


@dataclass(frozen=True, slots=True)
class Share:
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
    _shares: dict[tuple[str, tuple[Phrase, ...], bool], Share] = field(default_factory=dict, repr=False)

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
        weights = self.weights[:, number] if number is not None else self.shares((word,))[0].weights
        return float(weights[list_number])

    def is_body(self, name: Name) -> bool:
        """Return True when a name is exactly that of a well-known body."""
        key = np.uint64(digest(name.normal))
        place = int(np.searchsorted(self.body_keys, key))
        return place < len(self.body_keys) and self.body_keys[place] == key

    def shares(self, words: Sequence[Word]) -> list[Share]:
        """Return what each word contributes; those not asked lately are looked up together."""
        keys = [(word.text, word.phrases, word.known) for word in words]
        new = {key: word for key, word in zip(keys, words, strict=True) if key not in self._shares}
        if len(self._shares) + len(new) > _KEPT_WORDS:
            self._shares.clear()
            new = dict(zip(keys, words, strict=True))
        if new:
            self._shares.update(zip(new, self._look_up(list(new.values())), strict=True))
        return [self._shares[key] for key in keys]

    def _look_up(self, words: Sequence[Word]) -> Iterator[Share]:
        """Yield, for each word, the forms with a word like it, each counted once with its best likeness.

        A word that stands for several (a name written together) counts with all of them that a form has, and only
        where the form has more than one of them or a word that stands for all.
        """
        found = words_resembling(self.vocabulary, words)
        starts = self.posting_starts[found.numbers]
        counts = self.posting_starts[found.numbers + 1] - starts
        forms = self.posting_forms[spread(starts, counts)]
        matched = self.weights[self.form_list[forms], np.repeat(found.numbers, counts)]
        matched = matched * np.repeat(found.alike, counts).astype(np.float32)
        owners, forms, matched = _merge(
            np.repeat(found.owners, counts),
            forms,
            matched,
            np.repeat(found.whole, counts),
            np.array([not word.latin and any(len(parts) > 1 for parts in word.phrases) for word in words]),
        )
        bounds = owners.searchsorted(np.arange(len(words) + 1)).tolist()
        likely = found.owners.searchsorted(np.arange(len(words) + 1)).tolist()
        for place, word in enumerate(words):
            alike = slice(likely[place], likely[place + 1])
            weights = self._own_weight(word, found.numbers[alike], found.alike[alike])
            mine = slice(bounds[place], bounds[place + 1])
            yield Share(forms[mine], matched[mine], weights)

    def _own_weight(self, word: Word, ids: NDArray[np.int64], alike: NDArray[np.float64]) -> NDArray[np.float32]:
        """Return the weight of a word in each list: its own, or that of the word it is a spelling of."""
        if (same := self.vocabulary.ids.get(word.text)) is not None:
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

    def forms_with(self, number: int) -> NDArray[np.int32]:
        """Return the forms that have a word."""
        return self.posting_forms[self.posting_starts[number] : self.posting_starts[number + 1]]

    @cached_property
    def with_short_words(self) -> dict[int, NDArray[np.bool_]]:
        """Letters -> forms with a word of so many letters at most: one, or fewer than a long word has."""
        marked = {most: np.zeros(len(self.form_list), np.bool_) for most in (1, LONG_WORD - 1)}
        for number, text in enumerate(self.vocabulary.texts):
            for most, forms in marked.items():
                if len(text) <= most:
                    forms[self.forms_with(number)] = True
        return marked

    @cached_property
    def _unknown(self) -> NDArray[np.float32]:
        return np.ones(self.weights.shape[0], np.float32)


def _merge(
    owners: NDArray[np.int64],
    forms: NDArray[np.int32],
    matched: NDArray[np.float32],
    whole: NDArray[np.bool_],
    phrases: NDArray[np.bool_],
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
    """Return each pair of a word asked and a form once, with its largest value, for phrases with their sum."""
    if not len(owners):
        return owners, forms, matched
    order = np.lexsort((forms, owners))
    starts = np.flatnonzero(firsts(owners[order]) | firsts(forms[order]))
    owners, forms, matched = owners[order], forms[order], matched[order]
    phrase = phrases[owners[starts]]
    enough = ~phrase | (np.add.reduceat(np.where(whole[order], 2, 1), starts) > 1)
    values = np.where(phrase, np.add.reduceat(matched, starts), np.maximum.reduceat(matched, starts))
    return owners[starts][enough], forms[starts][enough], values[enough]


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
