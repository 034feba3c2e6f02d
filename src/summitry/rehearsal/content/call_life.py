"""What happens around the demo's calls besides their judging: entries in further languages, questions, nominations, words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summitry.rehearsal.content.reading import read


@dataclass(frozen=True, slots=True)
class ForeignPlan:
    """An entry in one of the other languages, with its words in English."""

    lang: str
    title: str
    abstract: str
    en: str
    about: str


@dataclass(frozen=True, slots=True)
class InquiryPlan:
    """A question about a call, by language; its answer is empty where it still waits, or was set aside."""

    lang: str
    email: str
    asked: Mapping[str, str]
    answer: Mapping[str, str]
    is_dismissed: bool


@dataclass(frozen=True, slots=True)
class NominationPlan:
    """Who proposes whom, each as name, address and house, and what becomes of it."""

    nominator: Sequence[str]
    nominee: Sequence[str]
    words: str
    fate: str


def foreign(call: str) -> tuple[ForeignPlan, ...]:
    """Return the entries of a call in other languages than English and Chinese."""
    return tuple(ForeignPlan(**line) for line in read("call_life")[call]["entries"])


def inquiries() -> tuple[InquiryPlan, ...]:
    """Return what people ask."""
    return tuple(
        InquiryPlan(
            line["lang"], line["email"], line["asked"], line.get("answer", {}), line.get("dismissed", False)
        )
        for line in read("call_life")["inquiries"]
    )


def often_asked() -> tuple[tuple[Mapping[str, str], Mapping[str, str]], ...]:
    """Return what the office answers before anybody asks, as pairs of question and answer."""
    return tuple((line["asked"], line["answer"]) for line in read("call_life")["faq"])


def nominations() -> tuple[NominationPlan, ...]:
    """Return who is nominated by whom."""
    return tuple(NominationPlan(**line) for line in read("call_life")["nominations"])


def words() -> Mapping[str, Any]:
    """Return what entrants, jurors and officers write."""
    found: dict[str, Any] = read("call_life")["words"]
    return found
