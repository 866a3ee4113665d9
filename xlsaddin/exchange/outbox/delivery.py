"""The ways in which a form reaches its subject."""

from enum import StrEnum


class Delivery(StrEnum):
    """How a form reaches its subject.

    `share`: laid out on the institution's file share, the mail holds no file (default). `encrypt`: attached,
    protected by a passphrase agreed through another channel. `attach`: attached as it is.
    """

    SHARE = "share"
    ENCRYPT = "encrypt"
    ATTACH = "attach"
