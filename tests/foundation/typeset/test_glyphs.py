from summitry.foundation.typeset.glyphs import missing_glyphs
from tests.foundation.typeset.test_typeset import NAMES


def test_missing_glyphs_names_each_once_and_in_order() -> None:
    assert missing_glyphs([*NAMES.values(), "Nguyễn Đức ơ Ş Æ ß ﷲ 𬭎㛃"]) == ""
    assert missing_glyphs(["a한글", "글🙂"]) == "글한🙂"


def test_marks_without_a_shape_are_not_missed() -> None:
    assert missing_glyphs(["\u200e\u200f\u2066x\u2069\u200d\ufe0f\n"]) == ""
