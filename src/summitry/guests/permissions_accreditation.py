"""Who may do what with screening lists, visa letters, consents, erasures and retention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from summitry.foundation.access import ScopedPolicy
from summitry.guests.models import (
    Appeal,
    Consent,
    ErasureRequest,
    RetentionRun,
    ScreeningList,
    VisaLetter,
)
from summitry.guests.permissions import ACCREDITATION, DATA_PROTECTION, OFFICE, OFFICERS, SCREENING, SELF

OF_GUEST: Mapping[str, str] = {"edition": "guest__edition_id", "guest": "guest_id"}


class ScreeningListPolicy(ScopedPolicy[ScreeningList]):
    """Screening lists: the liaison makes and answers them; officers do so in her absence."""

    model = ScreeningList
    verbs = ("view", "answer")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": OFFICERS | {SCREENING.code},
        "answer": OFFICERS | {SCREENING.code},
    }


class VisaLetterPolicy(ScopedPolicy[VisaLetter]):
    """Visa letters: accreditation officers issue and withdraw them; the guest has her own. What they say is unsealed apart."""

    model = VisaLetter
    verbs = ("view", "issue")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id", "guest": "guest_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": OFFICE | OFFICERS | {DATA_PROTECTION.code, SELF},
        "issue": frozenset({ACCREDITATION.code}),
    }


class AppealPolicy(ScopedPolicy[Appeal]):
    """Appeals: those who decide read them, and who wrote one."""

    model = Appeal
    paths: ClassVar[Mapping[str, str]] = OF_GUEST
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICERS | {SELF}}


class ConsentPolicy(ScopedPolicy[Consent]):
    """The ledger of consents: a guest gives and withdraws her own, nobody for her."""

    model = Consent
    verbs = ("view", "give")
    paths: ClassVar[Mapping[str, str]] = OF_GUEST
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": OFFICE | OFFICERS | {DATA_PROTECTION.code, SELF},
        "give": frozenset({SELF}),
    }


class ErasurePolicy(ScopedPolicy[ErasureRequest]):
    """Wishes to be erased: a guest asks, data protection answers."""

    model = ErasureRequest
    verbs = ("view", "ask", "answer")
    paths: ClassVar[Mapping[str, str]] = OF_GUEST
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": frozenset({DATA_PROTECTION.code, SELF}),
        "ask": frozenset({SELF}),
        "answer": frozenset({DATA_PROTECTION.code}),
    }


class RetentionRunPolicy(ScopedPolicy[RetentionRun]):
    """What was shredded and when."""

    model = RetentionRun
    verbs = ("view", "run")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": frozenset({DATA_PROTECTION.code}),
        "run": frozenset({DATA_PROTECTION.code}),
    }


POLICIES = (
    ScreeningListPolicy,
    VisaLetterPolicy,
    AppealPolicy,
    ConsentPolicy,
    ErasurePolicy,
    RetentionRunPolicy,
)
