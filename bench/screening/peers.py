"""Other ways to screen names, run beside ours on the same cases: rapidfuzz scorers, character TF-IDF, logic-v2."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz, process, utils

Scorer = Callable[[Sequence[str], Sequence[str]], "np.ndarray"]


def best_by_rapidfuzz(scorer: Callable[..., float]) -> Callable[[Sequence[str], Sequence[str]], tuple]:
    """Return a function: for each query the best score and the number of the best name, by one rapidfuzz scorer."""

    def best(queries: Sequence[str], names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        prepared = [utils.default_process(name) for name in names]
        scores, places = [], []
        for start in range(0, len(queries), 200):
            block = [utils.default_process(query) for query in queries[start : start + 200]]
            matrix = process.cdist(block, prepared, scorer=scorer, dtype=np.float32)
            scores.append(matrix.max(axis=1))
            places.append(matrix.argmax(axis=1))
        return np.concatenate(scores), np.concatenate(places)

    return best


token_sort = best_by_rapidfuzz(fuzz.token_sort_ratio)
w_ratio = best_by_rapidfuzz(fuzz.WRatio)


class CharacterTfidf:
    """Cosine of character trigrams, weighted by rarity; the fastest of the public peers."""

    def __init__(self, names: Sequence[str]) -> None:
        counts = [Counter(_trigrams(name)) for name in names]
        seen = Counter(gram for count in counts for gram in count)
        self._idf = {gram: math.log((1 + len(names)) / (1 + n)) + 1 for gram, n in seen.items()}
        rows: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, count in enumerate(counts):
            norm = math.sqrt(sum((n * self._idf[gram]) ** 2 for gram, n in count.items())) or 1.0
            for gram, n in count.items():
                rows[gram].append((place, n * self._idf[gram] / norm))
        self._size = len(names)
        self._places = {gram: np.array([p for p, _ in row]) for gram, row in rows.items()}
        self._weights = {gram: np.array([w for _, w in row]) for gram, row in rows.items()}

    def best(self, queries: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Return, for each query, the best score (0 to 100) and the number of the best name."""
        found = [self._one(query) for query in queries]
        return np.array([score for score, _ in found]), np.array([place for _, place in found])

    def _one(self, query: str) -> tuple[float, int]:
        count = Counter(gram for gram in _trigrams(query) if gram in self._idf)
        if not count:
            return 0.0, 0
        norm = math.sqrt(sum((n * self._idf[gram]) ** 2 for gram, n in count.items()))
        places = np.concatenate([self._places[gram] for gram in count])
        weights = np.concatenate([self._weights[gram] * (n * self._idf[gram] / norm) for gram, n in count.items()])
        scores = np.bincount(places, weights, minlength=self._size)
        place = int(scores.argmax())
        return 100.0 * float(scores[place]), place


def _trigrams(text: str) -> list[str]:
    padded = f" {utils.default_process(text)} "
    return [padded[i : i + 3] for i in range(len(padded) - 2)]


def logic_v2() -> Callable[[str, str, bool], float] | None:
    """Return nomenklatura's logic-v2 as a function of two names (0 to 100); None where it is not installed."""
    try:
        from followthemoney import model
        from nomenklatura.matching import get_algorithm
        from nomenklatura.matching.types import ScoringConfig
    except ImportError:
        return None
    algorithm = get_algorithm("logic-v2")
    if algorithm is None:
        return None
    config = algorithm.default_config() if hasattr(algorithm, "default_config") else ScoringConfig.defaults()

    def entity(name: str, person: bool) -> object:
        schema = "Person" if person else "Company"
        return model.get_proxy({"id": f"{schema}-{name}", "schema": schema, "properties": {"name": [name]}})

    def score(first: str, second: str, person: bool) -> float:
        return 100.0 * algorithm.compare(entity(first, person), entity(second, person), config).score

    return score
