"""The sentences in which the workbench says what was found about a translation."""

from __future__ import annotations

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as lazy

from summitry.foundation.i18n import TextState, formats
from summitry.translation.checking.checks import Finding, Remark

_MARKS = {
    "link": lazy("links"),
    "bold": lazy("bold text"),
    "heading": lazy("headings"),
    "list": lazy("list items"),
    "code": lazy("code"),
}
STATE_LABELS = {
    TextState.MISSING: lazy("Missing"),
    TextState.MACHINE: lazy("Needs review"),
    TextState.STALE: lazy("Stale"),
    TextState.REVIEWED: lazy("Reviewed"),
}
STATE_TONES = {
    TextState.MISSING: "seal",
    TextState.MACHINE: "amber",
    TextState.STALE: "amber",
    TextState.REVIEWED: "jade",
}


_SENTENCES = {
    Finding.LINES: lazy("This field holds one line only."),
    Finding.CHARACTERS: lazy("The text holds characters that cannot be stored."),
    Finding.PLACEHOLDERS: lazy("Placeholders differ: %(about)s"),
    Finding.ADDRESSES: lazy("Links or addresses differ: %(about)s"),
    Finding.NUMBERS: lazy("Numbers of the source are not in the translation: %(about)s"),
    Finding.MARKS: lazy("The Markdown differs: %(about)s"),
    Finding.UNTRANSLATED: lazy("The translation is the same as the source."),
}


def remark_sentence(remark: Remark) -> str:
    """Return a remark as a sentence in the active language."""
    if remark.finding is Finding.TOO_LONG:
        length, longest = (int(number) for number in remark.about)
        over = length - longest
        sentence = ngettext(
            "%(over)d character too many: at most %(longest)d.",
            "%(over)d characters too many: at most %(longest)d.",
            over,
        )
        return sentence % {"over": over, "longest": longest}
    about = [str(_MARKS.get(item, item)) for item in remark.about]
    return str(_SENTENCES[remark.finding]) % {"about": formats.listing(about, get_language() or "en")}
