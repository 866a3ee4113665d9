"""The listed names worth comparing with a query word by word: those whose score could reach the cutoff.

A bound decides, worked out from the weights of the words found alike and meant to lie above the score.  All names of a
batch are looked up together: every array here has one element a pair of a name asked and a form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from xlsaddin.screening.index import INITIALS, LONG_WORD, Index, Share, digest, initials_key, script_bits
from xlsaddin.screening.runs import Key, firsts, rank_within, values_of
from xlsaddin.screening.slips import joined_names, slip_keys
from xlsaddin.screening.vocabulary import SCRIPTS
from xlsaddin.screening.words import Name, Word
from xlsaddin.text.scripts import Script

MOST_PER_LIST = 24  # forms of one list compared word by word for one query
_LEAST_WEIGHT = 0.3  # the lightest form worth finding inside a longer name
_HELD = 0.85  # how much of its weight must be found for it to stand inside
# How much of a left-over weight the bound counts: less than the matcher ever does.
_PERSON_LEFT, _BODY_LEFT = 0.20, 0.45
_PERSON_READ, _PERSON_WHOLE = 0.40, 1.0  # in another script; in one whose names are written whole
_HAN = 1 << SCRIPTS.index(Script.HAN)
_SYLLABIC = _HAN | 1 << SCRIPTS.index(Script.HANGUL)
_ROUNDING = 1e-6

_Numbers = NDArray[np.int64]
_Values = NDArray[np.float64]
_Marks = NDArray[np.bool_]
_Direct = tuple[_Numbers, NDArray[Any]]  # names, by their place, and forms


def candidates(index: Index, names: Sequence[Name], least: float) -> list[list[int]]:
    """Return, for each name, the forms whose score could reach `least` (0 to 1), most promising first."""
    asked = _look_up(index, names, least)
    best = _best(_promising(_touched(asked)))
    found: list[list[int]] = [[] for _ in names]
    for owners, forms in (*_named(asked), _slipped(asked), (best.owners, best.forms)):
        for owner, form in zip(owners.tolist(), forms.tolist(), strict=True):
            found[owner].append(form)
    return [list(dict.fromkeys(forms)) for forms in found]


class _Part(NamedTuple):
    """What one word of a name, or two neighbours joined, finds: forms, weight in each list, number of words."""

    share: Share
    weights: NDArray[np.float32]
    words: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """Names to be looked up.

    Attributes:
        least: what a score must reach, 0 to 1; parts: what the words of a name find, each word once.
        total: weight of all words of a name in each list (names, lists); scripts: of its words, a bit each.
    """

    index: Index
    names: Sequence[Name]
    least: float
    parts: Sequence[Sequence[_Part]]
    total: NDArray[np.float32]
    scripts: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Names asked, by their place, and forms.

    Attributes:
        matched: weight of the form found alike, times how alike.
        covered: weight of the words of the name that found it; words: how many.
    """

    asked: _Asked
    owners: _Numbers
    forms: _Numbers
    matched: _Values
    covered: _Values
    words: _Numbers

    def where(self, kept: _Marks | _Numbers) -> _Pairs:
        """Return some of the pairs."""
        return _Pairs(
            self.asked,
            self.owners[kept],
            self.forms[kept],
            self.matched[kept],
            self.covered[kept],
            self.words[kept],
        )

    @property
    def whole(self) -> _Values:
        """Weight of the form."""
        return np.asarray(self.asked.index.form_weight[self.forms], np.float64)

    @property
    def uncovered(self) -> _Values:
        """Weight of the words of the name that did not find the form."""
        total = self.asked.total[self.owners, self.asked.index.form_list[self.forms]]
        return np.maximum(0.0, total - np.maximum(self.covered, self.matched))


def _look_up(index: Index, names: Sequence[Name], least: float) -> _Asked:
    words = [(place, word) for place, name in enumerate(names) for word in name.words]
    joined = [(place, *pair) for place, name in enumerate(names) for pair in _neighbours(index, name)]
    shares = index.shares([word for _, word in words] + [word for _, word, *_ in joined])
    parts: list[dict[int, _Part]] = [{} for _ in names]
    total = np.zeros((len(names), index.weights.shape[0]), np.float32)
    weights: dict[tuple[int, str], NDArray[np.float32]] = {}
    for (place, word), share in zip(words, shares, strict=False):
        parts[place][id(share)] = _Part(share, share.weights, 1)
        total[place] += share.weights
        weights[place, word.text] = share.weights
    for (place, _, first, second), share in zip(joined, shares[len(words) :], strict=True):
        parts[place].setdefault(id(share), _Part(share, weights[place, first] + weights[place, second], 2))
    scripts = np.array([script_bits(name.words) for name in names], np.int32)
    return _Asked(index, names, least, [tuple(some.values()) for some in parts], total, scripts)


def _neighbours(index: Index, name: Name) -> Iterator[tuple[Word, str, str]]:
    """Yield neighbouring words of a person's Latin name that one word of the lists may stand for, joined and apart."""
    native = len(index.vocabulary.native_sounds.numbers) > 0
    if not name.organised:
        for first, second in pairwise(name.words):
            if first.latin and second.latin and first.number is second.number is None:
                text = first.text + second.text
                if native or text in index.vocabulary.ids:
                    yield Word(text, Script.LATIN, ((text,),), known=False), first.text, second.text


def _named(asked: _Asked) -> Iterator[_Direct]:
    """Yield the forms written like a name or one of its words, their own words or two neighbours joined."""
    index = asked.index
    yield _kept_under(asked, _whole_names, index.name_keys, index.name_forms)
    owners, forms = _kept_under(asked, lambda name: _single_words(index, name), index.name_keys, index.name_forms)
    # One word stands for what the form has at most, and the others are left over.
    whole, total = index.form_weight[forms], asked.total[owners, index.form_list[forms]]
    enough = whole >= asked.least * (whole + _BODY_LEFT * np.maximum(0.0, total - whole))
    yield owners[enough], forms[enough]


def _slipped(asked: _Asked) -> _Direct:
    """Return the forms that may differ from a name by one slip of a letter or blank."""
    return _kept_under(asked, _slip_keys, asked.index.slip_keys, asked.index.slip_forms)


def _whole_names(name: Name) -> Iterable[int]:
    return map(digest, {name.core.replace(" ", ""), "".join(word.text for word in name.words)})


def _single_words(index: Index, name: Name) -> Iterable[int]:
    texts = {word.text for word in name.words}
    texts.update(initials_key(word.text) for word in name.words if _may_be_initials(index, word))
    return map(digest, texts)


def _slip_keys(name: Name) -> Iterable[int]:
    return {key for text in joined_names(name) for key in slip_keys(text)}


def _may_be_initials(index: Index, word: Word) -> bool:
    """Return True for a short Latin word no list has, which may be the initials of several."""
    return word.latin and len(word.text) in INITIALS and word.text not in index.vocabulary.ids


def _kept_under(
    asked: _Asked,
    keys_of: Callable[[Name], Iterable[int]],
    ordered: NDArray[Key],
    values: NDArray[np.int32],
) -> _Direct:
    """Return the forms kept under the keys of each name, each once a name."""
    rows = [list(keys_of(name)) for name in asked.names]
    keys = np.array([key for row in rows for key in row], ordered.dtype)
    places, forms = values_of(ordered, values, keys)
    owners = np.repeat(np.arange(len(rows)), [len(row) for row in rows])[places]
    size = max(1, len(asked.index.form_list))
    return np.divmod(np.unique(owners * size + forms), size)


def _touched(asked: _Asked) -> _Pairs:
    """Return the forms that share a word with a name, each once with all it shares."""
    size, parts = max(1, len(asked.index.form_list)), [part for some in asked.parts for part in some]
    if not parts:
        none = np.zeros(0, np.int64)
        return _Pairs(asked, none, none, np.zeros(0), np.zeros(0), none)
    counts = [len(part.share.forms) for part in parts]
    forms = np.concatenate([part.share.forms for part in parts])
    place = np.repeat(np.arange(len(parts)), counts)
    owners = np.repeat(np.arange(len(asked.parts)), [len(some) for some in asked.parts])[place]
    covered = np.array([part.weights for part in parts])[place, asked.index.form_list[forms]]
    words = np.array([part.words for part in parts])[place]
    order = np.argsort(keys := owners * size + forms, kind="stable")  # runs that are sorted already
    starts = np.flatnonzero(firsts(ordered := keys[order]))
    matched = np.concatenate([part.share.matched for part in parts])
    sums = [
        np.add.reduceat(values[order], starts) if len(starts) else values
        for values in (matched.astype(np.float64), covered.astype(np.float64), words)
    ]
    return _Pairs(asked, *np.divmod(ordered[starts], size), *sums)


def _promising(pairs: _Pairs) -> _Pairs:
    """Return the pairs that the loosest bound lets pass or that stand whole in the query, where they can be read.

    Not acronyms: they count when they are exact, and are found by that.
    """
    asked, index = pairs.asked, pairs.asked.index
    enough = pairs.matched >= asked.least * (pairs.matched + _PERSON_LEFT * pairs.uncovered) - _ROUNDING
    pairs = pairs.where((enough | _holds(pairs)) & ~index.form_acronym[pairs.forms])
    # Names in Han alone may mean many things in English: they meet other scripts only where the entry is printed in
    # none of the query's.
    scripts, bits = index.form_scripts[pairs.forms], asked.scripts[pairs.owners]
    across = ((scripts & bits) == 0) & ((scripts == _HAN) | (bits == _HAN))
    return pairs.where(~(across & ((index.entry_scripts[pairs.forms] & bits) != 0)))


def _holds(pairs: _Pairs) -> _Marks:
    """Return True for names that stand whole in the query, which may hold more."""
    whole = pairs.whole
    return pairs.asked.index.form_inside[pairs.forms] & (pairs.matched >= _HELD * whole) & (whole >= _LEAST_WEIGHT)


def _best(pairs: _Pairs) -> _Pairs:
    """Return the pairs with the best bounds, at most `MOST_PER_LIST` of a list for a name."""
    asked, index = pairs.asked, pairs.asked.index
    inside, whole = _holds(pairs), pairs.whole
    matched = np.minimum(pairs.matched, whole)
    missing = whole - matched + pairs.uncovered
    left = np.where(index.form_person[pairs.forms], _left_of_persons(pairs), _BODY_LEFT)
    bound = matched / (matched + np.where(_alone(pairs), 1.0, left) * missing)
    kept = np.flatnonzero((bound >= asked.least) | inside)
    pairs, bound = pairs.where(kept), bound[kept]
    order = np.lexsort((pairs.forms, -bound, pairs.owners))
    pairs = pairs.where(order)
    groups = pairs.owners * index.weights.shape[0] + index.form_list[pairs.forms]
    return pairs.where(rank_within(groups) < MOST_PER_LIST)


def _left_of_persons(pairs: _Pairs) -> _Values:
    """Return how much of a left-over weight counts in names of persons: more where no script is shared."""
    scripts, bits = pairs.asked.index.form_scripts[pairs.forms], pairs.asked.scripts[pairs.owners]
    whole = ((scripts | bits) & _SYLLABIC) != 0
    return np.where((scripts & bits) != 0, _PERSON_LEFT, np.where(whole, _PERSON_WHOLE, _PERSON_READ))


def _alone(pairs: _Pairs) -> _Marks:
    """Return True for names of persons that share one word only, so that their other words stand against the query's.

    Only for words too long to be initials or to be abbreviated.
    """
    index, names = pairs.asked.index, pairs.asked.names
    long = [all(word.latin and len(word.text) >= LONG_WORD for word in name.words) for name in names]
    short = [any(len(word.text) <= LONG_WORD for word in name.words) for name in names]
    alone: _Marks = (pairs.words < 2) & index.form_person[pairs.forms] & np.array(long)[pairs.owners]
    shortened = index.with_short_words
    alone &= ~np.where(np.array(short)[pairs.owners], shortened[LONG_WORD - 1][pairs.forms], shortened[1][pairs.forms])
    size = len(index.form_list)
    spelled = [
        owner * size + index.forms_with(number).astype(np.int64)
        for owner in np.unique(pairs.owners[alone]).tolist()
        for number in _initials_listed(index, names[owner].words)
    ]
    alone &= ~np.isin(pairs.owners * size + pairs.forms, np.concatenate([np.zeros(0, np.int64), *spelled]))
    return alone


def _initials_listed(index: Index, words: Sequence[Word]) -> list[int]:
    """Return the short words of the lists that may be initials of neighbouring words."""
    initials = "".join(word.text[0] for word in words)
    texts = (initials[place : place + size] for size in range(2, LONG_WORD) for place in range(len(words) + 1 - size))
    return [number for text in texts if (number := index.vocabulary.ids.get(text)) is not None]
