"""Writes the speakers' biographies: the same sentences in every language in which a biography exists.

Not every biography is translated everywhere: the shares below leave gaps as a real secretariat would.
"""

import re
from random import Random
from typing import Any

from summitry.rehearsal.content.people import Guest
from summitry.rehearsal.content.plan import LANGUAGES, OrganisationPlan, Translation
from summitry.rehearsal.content.reading import read
from summitry.rehearsal.content.texts import translation

SHARES = {"en": 1.0, "zh-hans": 0.7, "ar": 0.55, "fr": 0.22, "es": 0.19, "ru": 0.26}
SECOND_SENTENCE = 0.55
CLOSING = 0.75
SPACED = {language: "" if language == "zh-hans" else " " for language in LANGUAGES}
# A word that makes a name take "the": a house is called by what it is.
GENERIC = re.compile(
    r"\b(Academy|Agency|Alliance|Archive|Association|Centre|Chamber|Commission|Cooperative|Daily|Endowment|Forum|Foundation|Fund|"
    r"Hospital|House|Institute|Laboratory|Network|News|Organisation|Regulator|Secretariat|Service|Trust)\b|^University of"
)


class Biographer:
    """Writes one biography after the other."""

    def __init__(self, rng: Random, organisations: tuple[OrganisationPlan, ...]) -> None:
        """Begin with a random source and the organisations people work for."""
        self._rng = rng
        self._organisations = {item.slug: item for item in organisations}
        self._data: dict[str, Any] = read("biographies")

    def write(self, guest: Guest, topic: str) -> Translation:
        """Return the biography of a speaker known for a topic."""
        sentences = self._choose(guest)
        count, many = self._rng.sample(self._data["counts"], 2)
        numbers = {"years": self._rng.choice(self._data["years"]), "count": count, "many": many}
        languages = [
            tag for tag in LANGUAGES if self._rng.random() < SHARES[tag] and self._possible(guest, tag)
        ]
        texts = {tag: self._compose(guest, topic, sentences, numbers, tag) for tag in languages}
        return translation(texts, self._rng)

    def _choose(self, guest: Guest) -> list[dict[str, str]]:
        """Draw the sentences: what she is, what she did, what she works on, and often something more personal."""
        done = self._rng.sample(self._data["fields"][guest.field], 2)
        sentences = [self._rng.choice(self._data["openings"]), done[0]]
        if self._rng.random() < SECOND_SENTENCE:
            sentences.append(done[1])
        sentences.append(self._rng.choice(self._data["works"]))
        if self._rng.random() < CLOSING:
            sentences.append(self._rng.choice(self._data["closings"]))
        return sentences

    def _possible(self, guest: Guest, language: str) -> bool:
        """Tell whether post and house are named in a language."""
        post = guest.plan.affiliations[0]
        return language in post.titles and language in self._organisations[post.organisation].names

    def _compose(
        self,
        guest: Guest,
        topic: str,
        sentences: list[dict[str, str]],
        numbers: dict[str, int],
        language: str,
    ) -> str:
        """Put the sentences together in one language."""
        post = guest.plan.affiliations[0]
        house = self._organisations[post.organisation]
        title = post.titles[language]
        values = {
            "name": name_in(guest, language),
            "title": title[0].lower() + title[1:] if language in {"fr", "es", "ru"} else title,
            "house": f"the {house.names['en']}" if takes_article(house, language) else house.names[language],
            "topic": self._data["topics"][topic][language],
        }
        text = SPACED[language].join(sentence[language] for sentence in sentences)
        return suited(text, woman=guest.woman).format_map({**values, **numbers})


def suited(text: str, *, woman: bool) -> str:
    """Return the text for a woman or a man: `[elle|il]` holds both forms, hers first."""
    return re.sub(r"\[([^|\]]*)\|([^\]]*)\]", r"\1" if woman else r"\2", text)


def takes_article(house: OrganisationPlan, language: str) -> bool:
    """Tell whether English says "the" before the name of a house."""
    if language != "en" or house.kind in {"firm", "operator", "interpretation"}:
        return False
    return bool(GENERIC.search(house.names["en"]))


def name_in(guest: Guest, language: str) -> str:
    """Return the name as its bearer writes it in a language, else the name she is displayed under."""
    own = {name.lang: name.text for name in guest.plan.names if name.use == "native"}
    return own.get(language, guest.plan.display_name)
