"""Countries as lists print them; the reading itself is `text.countries`, shared with the checklists."""

from xlsaddin.text.countries import country_code

__all__ = ["country_code"]
