"""Vietnamese text: what people type, paste and sort."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.kernel.text import TextRefused, _unmarked, clean, fold, given_name, name_key, text_key

# every letter of the alphabet with every tone it can carry, in the order of a Vietnamese dictionary
VOWELS = "aăâeêioôơuưy"
TONED = [
    unicodedata.normalize("NFC", letter + tone)
    for letter in "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    for tone in (["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"] if letter in VOWELS else [""])
]
names = st.text(alphabet="".join(TONED) + "".join(TONED).upper() + " ", max_size=40)
# whole names of people and villages that do not exist together anywhere
NAMES_IN_ORDER = [
    "Vừ A Bằng", "Lò Văn Chum", "Giàng A Dế", "Nguyễn Thị Đào", "Hà Văn Đạo", "Nguyễn Văn Hà", "Nguyễn Văn Hả",
    "Hà Thị Ngần", "Lý Nguyễn", "Nguyễn Ánh Tuyết", "Nguyễn Ấn Tuyết", "Nguyễn Văn Xuân", "Ỷ",
]  # fmt: skip


def test_the_list_has_all_89_forms() -> None:
    assert len(TONED) == len(set(TONED)) == 89


def test_letters_and_tones_sort_as_in_a_dictionary() -> None:
    assert sorted(TONED, key=text_key) == TONED
    keys = [text_key(letter) for letter in TONED]
    assert keys == sorted(keys)
    assert len(set(keys)) == 89
    assert all(key.isascii() for key in keys)


def test_lists_are_kept_by_given_name_then_family_then_middle() -> None:
    assert sorted(NAMES_IN_ORDER, key=name_key) == NAMES_IN_ORDER


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Bản 2", "Bản 10"),
        ("Tổ 9", "Tổ 09a"),
        ("An", "Anh"),
        ("Hòa", "Hoạ"),
        ("Dũng", "Đinh"),
        ("Nà Lốc", "Nay"),
    ],
)
def test_pairs_of_places_in_order(first: str, second: str) -> None:
    assert text_key(first) < text_key(second)


@given(names)
def test_sort_keys_do_not_see_case_or_composition(name: str) -> None:
    assert name_key(name) == name_key(name.upper()) == name_key(unicodedata.normalize("NFD", name))


@given(st.text(max_size=60))
def test_a_sort_key_fits_its_column(text: str) -> None:
    assert len(name_key(clean(text, most=600)[:80])) <= 400


@given(st.text())
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(names)
def test_folded_names_are_plain_letters(name: str) -> None:
    assert fold(name).isascii()
    assert fold(name) == fold(name.upper())


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Nguyễn  Văn Đức", "nguyen van duc"),
        ("Ðức", "duc"),
        ("ỦY ban", "uy ban"),
        ("uỷ", "uy"),
        ("hoà", "hoa"),
    ],
)
def test_search_form(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text(), st.booleans())
def test_clean_is_idempotent_and_leaves_nothing_invisible(text: str, lines: bool) -> None:
    cleaned = clean(text, most=10_000, lines=lines)
    assert clean(cleaned, most=10_000, lines=lines) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    seen = cleaned.replace("\n", "") if lines else cleaned
    assert not {unicodedata.category(c) for c in seen} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not any(line != line.strip() or "  " in line for line in cleaned.split("\n"))


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("Ðồng chí ðó", "Đồng chí đó"),
        ("bi\u0301 th\u01b0", "bí thư"),
        ("bi\u200b\u0301 thư", "bí thư"),  # an invisible character between letter and tone
        ("tên\u202egnỡưl", "têngnỡưl"),
        ("3.416\u00a0đảng viên", "3.416 đảng viên"),
        ("a\x00b", "ab"),
        ("  hai   chữ\t", "hai chữ"),
        ("dòng 1\r\ndòng 2", "dòng 1 dòng 2"),
        ("\uf0b7 ý thứ nhất", "- ý thứ nhất"),
    ],
)
def test_what_is_pasted_comes_out_clean(typed: str, cleaned: str) -> None:
    assert clean(typed, most=100) == cleaned


def test_line_breaks_stay_where_asked_for() -> None:
    typed = " Ý một. \r\n\r\n\r\n\r\n  Ý   hai.\rÝ ba.\u2028Ý bốn. \n"
    assert clean(typed, most=100, lines=True) == "Ý một.\n\nÝ hai.\nÝ ba.\nÝ bốn."


def test_too_long_is_refused_with_both_lengths_and_nothing_is_cut() -> None:
    assert clean("  mười chữ  ", most=8) == "mười chữ"
    with pytest.raises(TextRefused) as refused:
        clean("mười chữ", most=7)
    assert refused.value.code == "text_too_long"
    assert refused.value.facts == {"most": 7, "length": 8}


@pytest.mark.parametrize(("full", "given"), [("Vừ A Bằng", "Bằng"), ("Ỷ", "Ỷ"), ("", "")])
def test_given_name(full: str, given: str) -> None:
    assert given_name(full) == given


mixed = st.text(
    alphabet=st.sampled_from([*TONED, *"AĐÐð× ß\u0301\u0323\u200b\t\n~-09", "\u0130", "\u212a"]), max_size=30
)


@given(mixed)
def test_text_that_is_clean_already_takes_a_short_way_to_the_same(text: str) -> None:
    long_way = text + "\u200b"  # a character nobody sees: the short way is closed to it
    assert clean(text, most=80) == clean(long_way, most=80)
    assert clean(text, most=80, lines=True) == clean(long_way, most=80, lines=True)


@given(mixed)
def test_the_search_form_takes_a_short_way_to_the_same(text: str) -> None:
    assert fold(text) == " ".join(_unmarked(text).split())
