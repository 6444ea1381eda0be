"""Vietnamese typed before Unicode: TCVN3 (fonts «.Vn…») and VNI (fonts «VNI-…»), told by the font of the cell.

Both keep Latin letters and give other shapes to what Windows calls accented letters and signs. The font alone says
which; the same bytes in another font are something else, so nothing is guessed from the text.
"""

from __future__ import annotations

import re
import unicodedata

TCVN3, VNI = "tcvn3", "vni"

_TONED = {
    "a": "àảãáạ", "ă": "ằẳẵắặ", "â": "ầẩẫấậ", "e": "èẻẽéẹ", "ê": "ềểễếệ", "i": "ìỉĩíị", "o": "òỏõóọ",
    "ô": "ồổỗốộ", "ơ": "ờởỡớợ", "u": "ùủũúụ", "ư": "ừửữứự", "y": "ỳỷỹýỵ",
}  # fmt: skip
_TCVN3_TONED = {
    "a": "µ¶·¸¹", "ă": "»¼½¾Æ", "â": "ÇÈÉÊË", "e": "ÌÎÏÐÑ", "ê": "ÒÓÔÕÖ", "i": "×ØÜÝÞ", "o": "ßáâãä",
    "ô": "åæçèé", "ơ": "êëìíî", "u": "ïñòóô", "ư": "õö÷øù", "y": "úûüýþ",
}  # fmt: skip
_TCVN3_PLAIN = {"¨": "ă", "©": "â", "ª": "ê", "«": "ô", "¬": "ơ", "\xad": "ư", "®": "đ",
                "¡": "Ă", "¢": "Â", "£": "Ê", "¤": "Ô", "¥": "Ơ", "¦": "Ư", "§": "Đ"}  # fmt: skip
_FROM_TCVN3 = str.maketrans({
    **{old: new for letter, olds in _TCVN3_TONED.items() for old, new in zip(olds, _TONED[letter], strict=True)},
    **_TCVN3_PLAIN,
})  # fmt: skip

# VNI writes a letter and behind it one sign: the tone, or the tone together with the hat or the bowl.
_VNI_TONE, _VNI_HAT, _VNI_BOWL = "øûõùï", "àåãáä", "èúüéë"  # huyền hỏi ngã sắc nặng
_VNI_SHAPED = {"aâ": "â", "eâ": "ê", "oâ": "ô", "aê": "ă"}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    pairs = dict(_VNI_SHAPED)
    for letter, typed in (("a", "a"), ("e", "e"), ("o", "o"), ("u", "u"), ("y", "y"), ("ơ", "ô"), ("ư", "ö")):
        pairs |= {typed + sign: toned for sign, toned in zip(_VNI_TONE, _TONED[letter], strict=True)}
    for letter, typed in (("â", "a"), ("ê", "e"), ("ô", "o")):
        pairs |= {typed + sign: toned for sign, toned in zip(_VNI_HAT, _TONED[letter], strict=True)}
    pairs |= {"a" + sign: toned for sign, toned in zip(_VNI_BOWL, _TONED["ă"], strict=True)}
    small = {**pairs, **_VNI_ALONE}
    capital = {old.upper(): new.upper() for old, new in small.items()}
    mixed = {old[0].upper() + old[1]: new.upper() for old, new in pairs.items()}
    return {**capital, **mixed, **small}


_VNI = _vni_table()
_FROM_VNI = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def encoding_of(font: str | None) -> str:
    """Which old encoding a font stands for: TCVN3, VNI, or none."""
    name = (font or "").strip().lower()
    if name.startswith(".vn"):
        return TCVN3
    return VNI if name.startswith(("vni-", "vni ")) else ""


def from_legacy(text: str, font: str | None) -> str:
    """The text in Unicode, as the font shows it; text in any other font stays as it is."""
    encoding = encoding_of(font)
    if encoding == TCVN3:
        read = text.translate(_FROM_TCVN3)
        # «.VnTimeH» shows the same codes as capitals
        return read.upper() if (font or "").strip().upper().endswith("H") else read
    if encoding == VNI:
        return _FROM_VNI.sub(lambda found: _VNI[found[0]], text)
    return text


# What TCVN3, VNI, or UTF-8 read as Windows Latin leave behind in an ordinary font; no Vietnamese word holds these.
_TRACES = re.compile(
    "[äåæçëîïñöøûüÿþßÄÅÆÇËÎÏÑÖØÛÜÞ\ufffd]"  # letters of other tongues
    "|[A-Za-z][¡-¦¨-ª¬-¯µ¶¸¹º¼-¾]|[¡-¦¨-ª¬®¯µ¶¸¹º¼-¾][A-Za-z]"  # signs inside a word
    "|[a-z][À-ÃÈ-ÊÌÍÒ-ÕÙÚ][a-z]"  # a capital inside a word
    "|[ae][áàãâéèêúùóòõíì]"  # two vowels where Vietnamese has one
    "|á[»º]|Ã[\u2018-\u2122\x80-\xbf]"
)


def looks_spoilt(text: str) -> bool:
    """Whether text in an ordinary font was typed in an old encoding, or read in a wrong one."""
    return bool(_TRACES.search(unicodedata.normalize("NFC", text)))
