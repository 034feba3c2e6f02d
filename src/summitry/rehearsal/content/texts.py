"""Makes `Translation` values out of the hand-written texts, with a state for each translation."""

from collections.abc import Mapping
from random import Random

from summitry.rehearsal.content.plan import LANGUAGES, Texts, Translation

# The share of translations nobody has read through yet; the three working languages of the secretariat are ahead.
UNREAD = {"en": 0.1, "zh-hans": 0.1, "ar": 0.2, "fr": 0.4, "es": 0.4, "ru": 0.4}


def texts(table: Mapping[str, str]) -> Texts:
    """Return the table with its languages in the usual order and block texts trimmed."""
    return {language: table[language].strip() for language in LANGUAGES if language in table}


def translation(
    table: Mapping[str, str], rng: Random, source: str = "en", *, proofread: bool = False
) -> Translation:
    """Return the texts as a translation out of `source`, some of it still machine-made unless `proofread`."""
    known = texts(table)
    unread = {language for language in known if rng.random() < UNREAD[language]} - {source}
    return Translation(source, known, frozenset() if proofread else frozenset(unread))
