"""Form and check digit of the identifiers the forms ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlsaddin.text.identifiers import (
    corporate_check_digit,
    orcid_check_digit,
    parse_corporate_number,
    parse_doi,
    parse_erad_number,
    parse_orcid,
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1694-233X", "0000-0002-1694-233X"),
        ("０００００００２１８２５００９７", "0000-0002-1825-0097"),
        ("0000-0002-1825-0098", None),
        ("なし", None),
        ("", None),
    ],
)
def test_orcid(written: str, read: str | None) -> None:
    assert parse_orcid(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("7000012050002", "7000012050002"),  # 国税庁
        ("T5010401067252", "5010401067252"),
        ("7-0000-1205-0002", "7000012050002"),
        ("7000012050003", None),
        ("700001205000", None),
    ],
)
def test_corporate_number(written: str, read: str | None) -> None:
    assert parse_corporate_number(written) == read


@given(st.text(alphabet="0123456789", min_size=12, max_size=12))
def test_a_corporate_number_with_its_own_check_digit_is_read(base: str) -> None:
    number = corporate_check_digit(base) + base
    assert parse_corporate_number(number) == number


@given(st.text(alphabet="0123456789", min_size=15, max_size=15), st.integers(0, 14))
def test_a_wrong_digit_in_an_orcid_is_noticed(base: str, place: int) -> None:
    wrong = base[:place] + str((int(base[place]) + 1) % 10) + base[place + 1 :]
    assert parse_orcid(base + orcid_check_digit(base)) is not None
    assert parse_orcid(wrong + orcid_check_digit(base)) is None


def test_erad_number_is_eight_digits_in_any_width() -> None:
    assert parse_erad_number("１２３４５６７８") == "12345678"
    assert parse_erad_number("1234567") is None


def test_doi_without_its_resolver() -> None:
    assert parse_doi("https://doi.org/10.1038/S41586-020-2649-2.") == "10.1038/s41586-020-2649-2"
    assert parse_doi("s41586") is None


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    for parse in (parse_orcid, parse_corporate_number, parse_erad_number, parse_doi):
        assert parse(text) is None or isinstance(parse(text), str)
