"""Chooses the posts that people hold, so that a house has one head and a hospital no spectrum engineer."""

from datetime import date, timedelta
from functools import cache
from random import Random
from typing import NamedTuple

from summitry.rehearsal.content.plan import AffiliationPlan, OrganisationPlan, Texts
from summitry.rehearsal.content.reading import read

FIRST_DAY = date(2009, 1, 1)
LAST_DAY = date(2026, 9, 30)
SOLE_RANK = 2
SENIOR_RANK = 4
WORKING = ("en", "zh-hans", "ar")


class Post(NamedTuple):
    """A post with its wording for a woman and for a man."""

    key: str
    field: str
    rank: int
    style: str
    women: Texts
    men: Texts

    @property
    def senior(self) -> bool:
        """Whether its holder would be asked to open a meeting."""
        return self.rank <= SENIOR_RANK or bool(self.style)

    def titles(self, languages: tuple[str, ...], *, woman: bool) -> Texts:
        """Return the title of a holder in the languages wanted."""
        worded = self.women if woman else self.men
        return {language: worded[language] for language in languages}


@cache
def posts(kind: str) -> tuple[Post, ...]:
    """Return the posts of a kind of organisation."""
    found = []
    for item in read("posts")["posts"]:
        if kind in item["kinds"]:
            forms = {language: text.split("|") for language, text in item["names"].items()}
            women = {language: form[0] for language, form in forms.items()}
            men = {language: form[-1] for language, form in forms.items()}
            found.append(Post(women["en"], item["field"], item["rank"], item.get("style", ""), women, men))
    return tuple(found)


class Appointments:
    """Fills posts; those of the highest ranks only once in each organisation."""

    def __init__(self, rng: Random) -> None:
        """Begin with every post vacant."""
        self._rng = rng
        self._filled: set[tuple[str, str]] = set()

    def choose(self, organisation: OrganisationPlan, key: str | None = None) -> Post:
        """Return a vacant post of the organisation, the one called `key` if that is given."""
        vacant = [
            post
            for post in posts(organisation.kind)
            if (organisation.slug, post.key) not in self._filled and (key is None or post.key == key)
        ]
        post = vacant[0] if key else self._rng.choices(vacant, [item.rank for item in vacant])[0]
        if post.rank <= SOLE_RANK:
            self._filled.add((organisation.slug, post.key))
        return post

    def career(
        self, post: Post, organisation: OrganisationPlan, earlier: OrganisationPlan | None, *, woman: bool
    ) -> tuple[AffiliationPlan, ...]:
        """Return the current affiliation and, where there was one, the one before it, the latter in English only."""
        since = FIRST_DAY + timedelta(days=self._rng.randrange((LAST_DAY - FIRST_DAY).days))
        languages = tuple(organisation.names)
        current = AffiliationPlan(organisation.slug, post.titles(languages, woman=woman), since)
        if earlier is None:
            return (current,)
        former = self._rng.choice([item for item in posts(earlier.kind) if item.rank > SOLE_RANK])
        began = since - timedelta(days=self._rng.randrange(400, 3000))
        return (current, AffiliationPlan(earlier.slug, former.titles(WORKING, woman=woman), began, since))
