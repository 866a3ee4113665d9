"""Names of one body or person written in other ways, and names that only look so; made up for these tests."""

from __future__ import annotations

import pytest

from tests.screening.conftest import Making, make_edition, make_entry, screener_over
from xlsaddin.screening.model import Band, Query

BODIES = [
    ("Zarechny Optlics Works", "Zarechny Optics Works"),  # a letter too many
    ("BlueFalcno Trading", "Blue Falcon Trading"),  # a blank lost, letters swapped
    ("Bluexfalcon Trading Ltd", "Blue Falcon Trading Ltd"),  # a blank turned into a letter
    ("NPO Granat", "Scientific and Production Association Granat"),
    ("Granat Research and Production Association", "NPO Granat"),
    ("321 ARZ", "321 Aircraft Repair Plant"),
    ("Brigade Sixty-Two", "Brigade 62"),
    ("Seventeen Palms Shipping", "17 Palms Shipping"),
    ("FEA Granatexport", "Foreign Economic Association Granatexport"),
    ("GranatAG", "Granat AG"),
    ("Societatea cu Răspundere Limitată Granat", "Granat SRL"),
    ("Obschestvo s ogranichennoy otvetstvennostyu Granat", "Granat LLC"),
    ("Банк Гранат", "Granat Bank"),
    ("Гранатпром", "Granatprom"),  # a brand that begins like a word is not that word
    ("ゼット・ケー・グラナート・カンパニー", "ZK Granat Company"),  # letters called by their names
    ("セカンド・グラナート・コミッティー", "Second Granat Committee"),
    ("グラナート・メカニカル・コンストラクション・ファクトリー", "Granat Mechanical Construction Factory"),
    ("N.P.グラナトフ名称機械製造工場", "Machine Building Plant named after N.P. Granatov"),
    ("دانشگاه علم و صنعت زرقان", "Zarqan University of Science and Technology"),
    ("조선보라매총회사", "Korea Boramae General Corporation"),
    ("Казанский институт Гранат", "Kazan Granat Institute"),  # the adjective of a place
    ("معهد الزرقان للتكنولوجيا", "Zarqan Institute of Technology"),
    ("海洋工業大", "Marine Technology University"),
    ("Granat S A S", "Granat"),  # a legal form written apart
    ("Granat DOO Beograd", "Granat Beograd"),
    ("Obshchestvo s organichennoi otvetstvennostyu Granat", "Granat LLC"),
    ("Zarqan Keji Youxian Gongsi", "Zarqan Science and Technology Co., Ltd."),
]
PERSONS = [
    ("N. Kuznetsov", "Nadezhda Kuznetsov"),
    ("JP Zielinski", "Jean-Pierre Zielinski"),
    ("Abdelkarim al-Zarqani", "Abd al-Karim al-Zarqani"),
    ("Abdurrahim Zarqani", "Abd al-Rahim Zarqani"),
    ("Mullah Zarqan Durrani", "Zarqan Durrani"),
    ("ウラジーミル・クズネツォフ", "Vladimir Kuznetsov"),
    ("ジェームズ・ニャクンディ", "James Nyakundi"),
    ("サリー・フランシス・ジョーンズ", "Sally Frances Jones"),
    ("シャー・フセイン・ガイラーニー", "Shah Hussein Gailani"),
    ("パク・トヒョン", "Pak To Hyon"),  # a syllable that is a small word in English
    ("حسن الزرقاوي", "Hassan al-Zarqawi"),  # a name that is a place, too; an article
    ("عمر رسول زرقان", "Omar Rasul Zarqan"),
    ("Жамшид Курбонов", "Jamshid Kurbonov"),
    ("عبد الكريم زرقان", "Abdul Karim Zarqan"),
    ("نجيب الله زرقان", "Najibullah Zarqan"),
    ("صلاح الدين زرقان", "Salah al-Din Zarqan"),
    ("الشيخ ياسين رمضان الزرقاوي", "Yassin Ramadan al-Zarqawi"),
    ("김성훈", "Kim Song-hun"),
    ("アブドルハミード・モーラー", "Abdolhamid Molla"),
    ("Azim Zarq-Jani", "Azim Zarqjani"),
    ("Алексей Кириллович Самсонов", "Aleksey Kirillovich Samsonov"),
]
READ_BACK = [
    *((listed, query) for query, listed in PERSONS if not query.isascii()),
    ("Shahid Zarqani University", "シャヒド・ザルカーニー大学"),
    ("Research Institute Burevestnik", "Научно-исследовательский институт Буревестник"),
    ("Intellekt LLC", "インテレクトLLC"),
    ("Granat Mechanical Construction Factory", "グラナート・メカニカル・コンストラクション・ファクトリー"),
]
OTHERS = [
    ("Granat 14", "Granat 15"),  # a figure is no slip
    ("Shaanxi Normal University", "Shanxi Normal University"),  # each a university of its own
    ("NII", "Research Institute"),
    ("Forty Palms", "Four Palms"),
]
OTHER_PERSONS = [
    ("Марина Гранатова", "Maria Zarqanova"),  # many family names end alike
    ("محمد سعيدي", "Said Mohamed Arif"),  # a final letter makes another name
    ("باسمة مهنا", "Hanna Bassam"),
]


@pytest.mark.parametrize(("query", "listed"), BODIES)
def test_another_way_to_write_a_body__found(listing: Making, query: str, listed: str) -> None:
    assert [hit.matched for hit in listing(listed).screen_one(Query(query))] == [listed]


@pytest.mark.parametrize(("query", "listed"), PERSONS)
def test_another_way_to_write_a_person__found(listing: Making, query: str, listed: str) -> None:
    assert [hit.matched for hit in listing(listed, kind="person").screen_one(Query(query))] == [listed]


@pytest.mark.parametrize(("query", "listed"), READ_BACK)
def test_an_entry_printed_in_its_own_script_alone__found_by_its_latin_name(
    listing: Making, query: str, listed: str
) -> None:
    assert [hit.matched for hit in listing(listed).screen_one(Query(query))] == [listed]


@pytest.mark.parametrize(("query", "listed"), OTHERS)
def test_what_only_looks_so__no_match(listing: Making, query: str, listed: str) -> None:
    assert [hit for hit in listing(listed).screen_one(Query(query)) if hit.band is Band.MATCH] == []


@pytest.mark.parametrize(("query", "listed"), OTHER_PERSONS)
def test_another_persons_name_in_another_script__no_hit(listing: Making, query: str, listed: str) -> None:
    assert listing(listed, kind="person").screen_one(Query(query)) == ()


def test_a_slip_is_explained_by_the_letters_compared(listing: Making) -> None:
    hit = listing("Sky Blue Kite").screen_one(Query("Sky Bleu Kite"))[0]
    slip = next(reason for reason in hit.why if reason.feature == "one_slip")
    assert "skybleukite＝skybluekite" in slip.en
    assert "words_only_in_query" not in {reason.feature for reason in hit.why}


def test_a_title_before_a_single_name_stays_part_of_it(listing: Making) -> None:
    hits = listing("Sheikh Zarqan", kind="person").screen_one(Query("Zarqan"))
    assert all(hit.score < 90 for hit in hits)


def test_a_short_name_printed_as_a_name_is_no_acronym(listing: Making) -> None:
    assert [hit.band for hit in listing("Raka").screen_one(Query("Raka"))] == [Band.MATCH]
    assert [hit.band for hit in listing("RAKA").screen_one(Query("RAKA"))] == [Band.REVIEW]
    assert [hit.band for hit in listing("R.K.A.").screen_one(Query("Raka Knitting Academy (RKA)"))] != [Band.MATCH]


def test_a_bare_name_is_no_persons_where_another_name_of_the_entry_has_a_legal_form() -> None:
    entry = make_entry(1, "Granat Palms Co., Ltd.", "unknown", ["Granat Palms"])
    hit = screener_over(make_edition([entry])).screen_one(Query("Granat Palms"))[0]
    assert (hit.score, hit.band) == (100.0, Band.MATCH)
