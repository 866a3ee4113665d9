"""The time a mail carries. Deadlines are Japanese ones, so mails are dated in Japan Standard Time."""

from datetime import datetime, timedelta, timezone

JAPAN = timezone(timedelta(hours=9), "JST")


def now_in_japan() -> datetime:
    """Return the present moment in Japan Standard Time, to the second."""
    return datetime.now(JAPAN).replace(microsecond=0)
