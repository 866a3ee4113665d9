"""A query and a listed name side by side: what was found alike, and how much of both names that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from xlsaddin.screening.alignment import Alignment, Pair, align_words
from xlsaddin.screening.inside import stands_inside
from xlsaddin.screening.model import Query
from xlsaddin.screening.parts import Cut
from xlsaddin.screening.similar import How
from xlsaddin.screening.slips import slip_of
from xlsaddin.screening.sorts import LONGEST_ACRONYM, academic, listed_as_acronym, unlike_sorts
from xlsaddin.screening.tuning import Tuning
from xlsaddin.screening.words import Name, Word, is_generic, names_person, place_of, read_name
from xlsaddin.text.lazy import lazy
from xlsaddin.text.person_words import SERVANTS
from xlsaddin.text.places import load_places
from xlsaddin.text.scripts import Script
from xlsaddin.text.segment import UNSPACED
from xlsaddin.text.words import corrected_word
from xlsaddin.watchlist.model import ListEntry

_SURELY_ALIKE = 0.75
_POSTCODE = 10_000  # numbers from here on are postcodes, telephone numbers and the like
_LEGAL_WORDS = frozenset(["company", "corporation", "enterprise"])
_SYLLABIC = frozenset({Script.HAN, Script.HANGUL})
_READ = frozenset({How.SOUND, How.READING, How.MEANING, How.INITIAL})


@dataclass(frozen=True)
class Comparison:
    """One query name and one listed name, aligned.

    Attributes:
        query: what was asked; asked: the name compared, a part of the query's text maybe; cut: how it was cut out.
        entry: the listed entry; alias: number of the alias, -1 for the main name; listed: the listed name.
        weigh: weight of a word in the entry's list; body: True when the query names a well-known body of its own.
        beside: the name an acronym in brackets stands beside, if any.
        listed_affiliations: affiliations of the query that are on the same list themselves.
    """

    query: Query
    asked: Name
    cut: Cut
    entry: ListEntry
    alias: int
    listed: Name
    weigh: Callable[[Word], float]
    body: bool
    tuning: Tuning
    beside: Name | None = None
    listed_affiliations: frozenset[str] = frozenset()

    @lazy
    def exact(self) -> bool:
        """True when both names have the same normal form."""
        return self.asked.normal == self.listed.normal

    @lazy
    def written_together(self) -> bool:
        """True when only the blanks between words differ (Al Qaeda, Alqaeda; Siemens AG, SiemensAG)."""
        asked, listed = self.asked, self.listed
        return any(
            first.replace(" ", "") == second.replace(" ", "")
            for first, second in ((asked.core, listed.core), (asked.normal, listed.normal))
        )

    @lazy
    def slip(self) -> tuple[str, str] | None:
        """The two names without blanks when they are one slip of the hand apart, the query no other known body."""
        return None if self.body or self.exact or self.written_together else slip_of(self.asked, self.listed)

    @lazy
    def slipped(self) -> bool:
        """True when the slip explains the names better than their words do."""
        return self.slip is not None and self._slip_likeness > self.word_likeness

    @property
    def _slip_likeness(self) -> float:
        """How alike names one slip apart are: the longer, the more."""
        return 100.0 - self.tuning.slip / min(map(len, self.slip)) if self.slip else 0.0

    @lazy
    def alignment(self) -> Alignment:
        """Pairs of words and what is left over."""
        return align_words(self.asked.words, self.listed.words, self.weigh)

    @lazy
    def person(self) -> bool:
        """True when the listed name is that of a person."""
        return names_person(self.entry, self.listed)

    @lazy
    def weak(self) -> bool:
        """True when the list itself calls the matched alias weak."""
        return self.alias >= 0 and self.entry.aliases[self.alias].weak

    @lazy
    def distinctive(self) -> bool:
        """True when the names share a word that tells more than a place or a kind of body."""
        return any(self.tells(self.listed.words[place]) for pair in self.alignment.pairs for place in pair.listed)

    @lazy
    def translated(self) -> bool:
        """True for a body whose names share no script, so that meaning and reading are all there is."""
        if self.exact or self.person or self.shares_script(self.listed):
            return False
        return any(pair.how is How.MEANING or pair.how is How.READING for pair in self.alignment.pairs)

    @lazy
    def acronym(self) -> bool:
        """True when the query is one short acronym of a body; a short name printed as a name (Raka) is none."""
        word = self.asked.words[0]
        short = len(self.asked.words) == 1 and word.latin and len(self.asked.normal) <= LONGEST_ACRONYM
        named = self.exact and self.listed.original.istitle() and not self.listed.original.isupper()
        return short and not named and not self.person and not self.asked.legal

    @lazy
    def lone(self) -> bool:
        """True for a single word cut out of a longer text."""
        return self.cut is Cut.SEGMENT and len(self.asked.words) == 1

    @lazy
    def contradicted(self) -> bool:
        """True for an acronym that stands beside a full name unlike every name of the entry."""
        if not self.acronym or self.beside is None or not self.beside.organised:
            return False
        names = (read_name(name) for name in (self.entry.name, *(alias.name for alias in self.entry.aliases)))
        full = (replace(self, asked=self.beside, listed=name, cut=Cut.WHOLE, beside=None) for name in names)
        alike = (comparison.likeness for comparison in full if not comparison.listed_acronym)
        return max(alike, default=0.0) < self.tuning.full_name_alike

    @lazy
    def listed_acronym(self) -> bool:
        """True when the listed name is nothing but an acronym of a body."""
        return not self.person and listed_as_acronym(self.entry, self.alias, self.listed)

    @lazy
    def unlike_bodies(self) -> bool:
        """True when one name is that of a school or institute and the other that of a company, a ship or the like."""
        if self.exact or self.person:
            return False
        return unlike_sorts(self.asked, self.listed, self.entry, main=self.alias < 0)

    @lazy
    def inside(self) -> bool:
        """True when the listed name was found inside a longer text that is no name itself."""
        return self.cut is Cut.SEGMENT or (not self.exact and stands_inside(self))

    @property
    def names_relative(self) -> bool:
        """True when the list prints the matched name as that of another body the entry belongs to."""
        return self.alias >= 0 and self.entry.aliases[self.alias].relation == "related"

    @lazy
    def related(self) -> bool:
        """True when one name is the other with a branch, place or field added: a part or a relative of the body."""
        if self.names_relative:
            return True
        if self.exact or self.person or not self.alignment.pairs or self.inside:
            return False
        asked = any(place < self.asked.head for place in self.alignment.only_query)
        listed = any(place < self.listed.head for place in self.alignment.only_listed)
        return asked != listed

    @lazy
    def matched(self) -> float:
        """Weight of the words found alike, times how alike they are."""
        return sum(self.pair_weight(pair) * pair.similarity for pair in self.alignment.pairs)

    @lazy
    def blurred(self) -> float:
        """Weight lost because words are alike and not equal."""
        return sum(
            self.pair_weight(pair)
            * (1.0 - pair.similarity)
            * (self.tuning.blur_sound if pair.how in _READ else self.tuning.blur_spelling)
            for pair in self.alignment.pairs
        )

    @lazy
    def only_query(self) -> float:
        """Weight of the query's words that the listed name lacks."""
        return sum(self._left_weight(self.asked, place) for place in self.alignment.only_query)

    @lazy
    def only_listed(self) -> float:
        """Weight of the listed name's words that the query lacks."""
        return sum(self._left_weight(self.listed, place) for place in self.alignment.only_listed)

    @lazy
    def missing(self) -> float:
        """What the words left over cost: one side's extra words little, a word against another word much."""
        extra, conflict = self._costs()
        both = min(self.only_query, self.only_listed)
        return self.blurred + extra * (self.only_query + self.only_listed) + conflict * both

    @lazy
    def likeness(self) -> float:
        """How alike the two names are, 0 to 100."""
        return self._slip_likeness if self.slipped else self.word_likeness

    @lazy
    def word_likeness(self) -> float:
        """How alike the two names are by their words, 0 to 100."""
        if self.exact:
            return 100.0
        if self.written_together:
            return 100.0 - self.tuning.rewritten
        if self.matched <= 0:
            return 0.0
        if self.inside and not self.alignment.only_listed and self.cut is not Cut.SEGMENT:
            return 100.0 * self.matched / (self.matched + self.blurred)
        likeness = 100.0 * self.matched / (self.matched + self.missing)
        if self.missing == 0:
            return likeness - self.tuning.rewritten
        return likeness * self.tuning.no_same_word if self._all_blurred else likeness

    @lazy
    def _all_blurred(self) -> bool:
        """True for names of persons of which no word is the same, or surely alike where they share no script."""
        if not self.person:
            return False
        if not self.shares_script(self.listed):
            return all(pair.similarity < _SURELY_ALIKE for pair in self.alignment.pairs)
        return all(pair.how in (How.SPELLING, How.SOUND) for pair in self.alignment.pairs)

    def pair_weight(self, pair: Pair) -> float:
        """Return the weight of a pair: that of its listed words."""
        return sum(self.weigh(self.listed.words[place]) for place in pair.listed)

    def texts(self, places: Sequence[int], listed: bool) -> str:
        """Return the words at some places of one side, for an explanation."""
        words = self.listed.words if listed else self.asked.words
        return " ".join(words[place].text for place in places)

    def _costs(self) -> tuple[float, float]:
        """Return what left-over words cost, alone and against each other."""
        tuning = self.tuning
        if self.person:
            names = [pair for pair in self.alignment.pairs if self.texts(pair.listed, True) not in SERVANTS]
            single = len(names) < 2 and max(len(self.asked.words), len(self.listed.words)) > 1
            if self.shares_script(self.listed):
                return (tuning.extra_generic if single else tuning.extra_person), tuning.conflict_person
            # Han and Hangul names are written whole: a word too many is another person.
            complete = single or _SYLLABIC.intersection(self.asked.scripts | self.listed.scripts)
            return (tuning.strict * tuning.extra_generic if complete else tuning.extra_read), tuning.conflict_person
        if self.distinctive and not self.body:
            return tuning.extra_body, tuning.conflict_body
        unspaced = UNSPACED.intersection(self.asked.scripts & self.listed.scripts)
        strict = tuning.strict if self.body or unspaced else 1.0
        return strict * tuning.extra_generic, strict * tuning.conflict_generic

    def _left_weight(self, name: Name, place: int) -> float:
        """Return what a word without a partner weighs: a country, a place or an address beside a name tells little."""
        word = name.words[place]
        weight = self.weigh(word)
        if word.number is not None:
            postcode = name is self.asked and word.number >= _POSTCODE
            return weight * (0.1 if postcode else self.tuning.left_telling)
        if self.person:
            return weight
        if (where := place_of(word)) is not None:
            aside = where in load_places().countries and self.distinctive and academic(self.listed)
            weight *= self.tuning.left_country if aside else self.tuning.left_place
        elif corrected_word(word.text) in _LEGAL_WORDS:
            weight *= self.tuning.left_country
        elif self.tells(word):
            weight *= self.tuning.left_telling
        return weight if place < name.head else weight * self.tuning.left_behind

    def shares_script(self, listed: Name) -> bool:
        """Return True when the query and a listed name have a writing system in common."""
        return bool(self.asked.scripts & listed.scripts)

    def tells(self, word: Word) -> bool:
        """Return True for a word that tells a body apart from others."""
        return self.weigh(word) >= self.tuning.distinctive_weight and not self._common(word)

    def _common(self, word: Word) -> bool:
        """Return True for a place, a number or a word of many bodies."""
        if word.number is not None or place_of(word) is not None:
            return True
        return is_generic(word.text) if word.latin else word.known
