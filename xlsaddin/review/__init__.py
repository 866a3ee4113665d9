"""The one use case every edge calls: answers, lists, remembered judgements and a day give a complete review.

No input or output here, no clock: editions, parameters and the day come in as arguments.
"""

from xlsaddin.review.queries import compared_text, row_ids
from xlsaddin.review.reviewing import reassess_review, review_answers

__all__ = ["compared_text", "reassess_review", "review_answers", "row_ids"]
