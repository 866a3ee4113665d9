"""The listed names worth comparing with a query word by word: those whose score could reach the cutoff.

An upper bound of the score decides, worked out from the weights of the words found alike; it is never below the score
itself, but for names of persons that share one word only.  All names of a batch are looked up together: every array
here has one element a pair of a name asked and a form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

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
_SYLLABIC = 1 << SCRIPTS.index(Script.HAN) | 1 << SCRIPTS.index(Script.HANGUL)
_ROUNDING = 1e-6

_Numbers = NDArray[np.int64]
_Values = NDArray[np.float64]
_Marks = NDArray[np.bool_]


def candidates(index: Index, names: Sequence[Name], least: float) -> list[list[int]]:
    """Return, for each name, the forms whose score could reach `least` (0 to 1), most promising first."""
    asked = _look_up(index, names, least)
    found: list[list[int]] = [[] for _ in names]
    for pairs in (_named(asked), _slipped(asked), _best(_promising(asked))):
        for owner, form in zip(pairs.owners.tolist(), pairs.forms.tolist(), strict=True):
            found[owner].append(form)
    return [list(dict.fromkeys(forms)) for forms in found]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Names to be looked up.

    Attributes:
        least: what a score must reach, 0 to 1; shares: what each different word of a name contributes.
        total: weight of all words of a name in each list (names, lists); scripts: of its words, a bit each.
    """

    index: Index
    names: Sequence[Name]
    least: float
    shares: Sequence[Mapping[int, Share]]
    total: NDArray[np.float32]
    scripts: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Names asked, by their place, and forms; with the weight found alike and the number of words of the name."""

    asked: _Asked
    owners: _Numbers
    forms: _Numbers
    matched: _Values
    words: _Numbers

    def where(self, kept: _Marks | _Numbers) -> _Pairs:
        """Return some of the pairs."""
        return _Pairs(self.asked, self.owners[kept], self.forms[kept], self.matched[kept], self.words[kept])

    @property
    def total(self) -> _Values:
        """Weight of the name in the list of the form."""
        return np.asarray(self.asked.total[self.owners, self.asked.index.form_list[self.forms]], np.float64)

    @property
    def whole(self) -> _Values:
        """Weight of the form."""
        return np.asarray(self.asked.index.form_weight[self.forms], np.float64)


def _look_up(index: Index, names: Sequence[Name], least: float) -> _Asked:
    shares = iter(index.shares([word for name in names for word in name.words]))
    by_name = [[next(shares) for _ in name.words] for name in names]
    total = np.array([np.sum([share.weights for share in some], axis=0) for some in by_name])
    scripts = np.array([script_bits(name.words) for name in names], np.int32)
    return _Asked(index, names, least, [{id(share): share for share in some} for some in by_name], total, scripts)


def _named(asked: _Asked) -> _Pairs:
    """Return the forms written like a name or one of its words, their own words or two neighbours joined."""
    index = asked.index
    whole = _kept_under(asked, _whole_names, index.name_keys, index.name_forms)
    words = _kept_under(asked, lambda name: _single_words(index, name), index.name_keys, index.name_forms)
    # One word stands for what the form has at most, and the others are left over.
    enough = words.whole >= asked.least * (words.whole + _BODY_LEFT * np.maximum(0.0, words.total - words.whole))
    return _joined(whole, words.where(enough))


def _slipped(asked: _Asked) -> _Pairs:
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
) -> _Pairs:
    """Return the forms kept under the keys of each name, each once a name."""
    rows = [list(keys_of(name)) for name in asked.names]
    keys = np.array([key for row in rows for key in row], ordered.dtype)
    places, forms = values_of(ordered, values, keys)
    owners = np.repeat(np.arange(len(rows)), [len(row) for row in rows])[places]
    size = len(asked.index.form_list)
    owners, found = np.divmod(np.unique(owners * size + forms), max(1, size))
    return _Pairs(asked, owners, found, np.zeros(len(found)), np.zeros(len(found), np.int64))


def _joined(*pairs: _Pairs) -> _Pairs:
    return _Pairs(
        pairs[0].asked,
        np.concatenate([some.owners for some in pairs]),
        np.concatenate([some.forms for some in pairs]),
        np.concatenate([some.matched for some in pairs]),
        np.concatenate([some.words for some in pairs]),
    )


def _promising(asked: _Asked) -> _Pairs:
    """Return the pairs that the loosest bound lets pass or that stand whole in the query, where they can be read."""
    index, pairs = asked.index, _touched(asked)
    left = asked.least * _PERSON_LEFT
    enough = pairs.matched >= pairs.total * (left / (1.0 - asked.least + left)) - _ROUNDING
    pairs = pairs.where(enough | _holds(pairs))
    # Not those in another script alone whose entry is also printed in the query's.
    bits = asked.scripts[pairs.owners]
    same, printed = index.form_scripts[pairs.forms] & bits, index.entry_scripts[pairs.forms] & bits
    readable = (bits == 0) | (same != 0) | (printed == 0)
    return pairs.where(readable & ~index.form_acronym[pairs.forms])  # an acronym counts when exact, found by that


def _touched(asked: _Asked) -> _Pairs:
    """Return the forms that share a word with a name, each once with all it shares."""
    size = len(asked.index.form_list)
    keys, values = [np.zeros(0, np.int64)], [np.zeros(0, np.float64)]
    for owner, shares in enumerate(asked.shares):
        for share in shares.values():
            keys.append(share.forms.astype(np.int64) + owner * size)
            values.append(share.matched.astype(np.float64))
    flat = np.concatenate(keys)
    order = np.argsort(flat, kind="stable")  # runs that are sorted already
    ordered = flat[order]
    starts = np.flatnonzero(firsts(ordered))
    owners, forms = np.divmod(ordered[starts], max(1, size))
    matched = np.add.reduceat(np.concatenate(values)[order], starts) if len(starts) else np.zeros(0)
    return _Pairs(asked, owners, forms, matched, np.diff(starts, append=len(ordered)))


def _holds(pairs: _Pairs) -> _Marks:
    """Return True for names that stand whole in the query, which may hold more."""
    whole = pairs.whole
    return pairs.asked.index.form_inside[pairs.forms] & (pairs.matched >= _HELD * whole) & (whole >= _LEAST_WEIGHT)


def _best(pairs: _Pairs) -> _Pairs:
    """Return the pairs with the best bounds, at most `MOST_PER_LIST` of a list for a name."""
    asked, index = pairs.asked, pairs.asked.index
    inside, whole = _holds(pairs), pairs.whole
    matched = np.minimum(pairs.matched, whole)
    missing = whole - matched + np.maximum(0.0, pairs.total - matched)
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
    alone = (pairs.words < 2) & index.form_person[pairs.forms] & np.array(long)[pairs.owners]
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
