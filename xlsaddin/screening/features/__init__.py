"""The table of features: every aspect names are compared in, in the order it is explained.

`AGREEMENTS` make up the likeness of the words; `QUALIFIERS` and `PERSONS` only lower it or limit the band.
"""

from xlsaddin.screening.features.agreements import AGREEMENTS
from xlsaddin.screening.features.interface import Effect, Feature
from xlsaddin.screening.features.persons import PERSONS
from xlsaddin.screening.features.qualifiers import QUALIFIERS

FEATURES = (*AGREEMENTS, *QUALIFIERS, *PERSONS)

__all__ = ["AGREEMENTS", "FEATURES", "PERSONS", "QUALIFIERS", "Effect", "Feature"]
