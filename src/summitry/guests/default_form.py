"""What an edition starts with: categories for all capacities, purposes, and the questions that most summits ask.

Every line can be changed in the console. Words come from the catalogues, in each of the edition's languages.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.guests.enums import Attendance, Capacity, FieldKind, Rule, Step

A, P, S, D, F = Step.APPLICATION, Step.COMPLETENESS, Step.SCREENING, Step.DECISION, Step.CONFIRMATION
FULL = (A, P, S, D, F)
PLAIN = (A, P, D, F)
WORKING = (A, P, S, D)
SHORT = (A, D, F)
CLOCKS = {P.value: 48, S.value: 120, D.value: 48, F.value: 168}
ON_SITE = (Attendance.ON_SITE,)
C = Capacity
VIPS = (C.HEAD_OF_STATE, C.HEAD_OF_GOVERNMENT, C.MINISTER)
NEVER, ASKED, REQUIRED = Rule.NEVER, Rule.ASKED, Rule.REQUIRED


class CategoryLine(NamedTuple):
    """A category: its capacity (which names it), steps, rules for photo, identity and visa, and the rest."""

    capacity: Capacity
    colour: str
    steps: tuple[Step, ...]
    photo: Rule
    identity: Rule
    visa: Rule
    companions: int = 0
    needs_two: bool = False
    counts: bool = True
    on_behalf: bool = True


class PurposeLine(NamedTuple):
    """A purpose: its address, name, reason, for how many days after the end its data are kept, and how they are guarded."""

    slug: str
    name: str | Promise
    reason: str | Promise
    keep_days: int
    sealed: bool = False
    needs_consent: bool = False


class FieldLine(NamedTuple):
    """A question. Without `of` it is asked of all categories but `but`; `screened` means those that have screening."""

    slug: str
    label: str | Promise
    kind: FieldKind
    purpose: str
    step: Step = A
    hint: str | Promise = ""
    required: bool = False
    attendance: tuple[Attendance, ...] = ()
    of: tuple[Capacity, ...] = ()
    but: tuple[Capacity, ...] = ()
    screened: bool = False
    options: tuple[tuple[str, str | Promise], ...] = ()
    condition: tuple[str, tuple[str, ...]] | None = None


CATEGORIES = (
    CategoryLine(C.HEAD_OF_STATE, "#7a1f2b", SHORT, NEVER, NEVER, NEVER, companions=20, needs_two=True),
    CategoryLine(C.HEAD_OF_GOVERNMENT, "#7a1f2b", SHORT, NEVER, NEVER, NEVER, companions=20, needs_two=True),
    CategoryLine(C.MINISTER, "#8a3b12", SHORT, ASKED, NEVER, ASKED, companions=4, needs_two=True),
    CategoryLine(C.HEAD_OF_DELEGATION, "#1f4f8b", FULL, REQUIRED, ASKED, ASKED, companions=2),
    CategoryLine(C.DELEGATE, "#1f4f8b", FULL, REQUIRED, REQUIRED, ASKED, companions=1),
    CategoryLine(C.GUEST, "#2b5d63", FULL, REQUIRED, ASKED, ASKED, companions=1),
    CategoryLine(C.SPEAKER, "#5a3d8c", PLAIN, REQUIRED, ASKED, ASKED, companions=1),
    CategoryLine(C.OBSERVER, "#4a5a2a", FULL, REQUIRED, REQUIRED, ASKED),
    CategoryLine(C.MEDIA, "#9a5b00", FULL, REQUIRED, REQUIRED, ASKED),
    CategoryLine(C.EXHIBITOR, "#00636e", FULL, REQUIRED, REQUIRED, ASKED),
    CategoryLine(C.INTERPRETER, "#4b4f57", WORKING, REQUIRED, ASKED, ASKED, counts=False),
    CategoryLine(C.COMPANION, "#6b4a68", FULL, REQUIRED, REQUIRED, ASKED, counts=False),
    CategoryLine(C.SECURITY, "#23272e", WORKING, REQUIRED, REQUIRED, ASKED, needs_two=True, counts=False),
    CategoryLine(C.STAFF, "#4b4f57", WORKING, REQUIRED, ASKED, NEVER, counts=False),
    CategoryLine(C.VOLUNTEER, "#3f6b2f", WORKING, REQUIRED, ASKED, NEVER, counts=False),
    CategoryLine(C.CONTRACTOR, "#5b5346", WORKING, REQUIRED, REQUIRED, NEVER, counts=False),
    CategoryLine(C.VISITOR, "#2f5fa8", (A,), ASKED, NEVER, NEVER, on_behalf=False),
)  # fmt: skip

PURPOSES = (
    PurposeLine(
        "participation", _("Taking part"),
        _("So that we know as what you come, can reach you in those days, and can put the right words on your badge."), 180,
    ),
    PurposeLine("photo", _("Photo"), _("For your badge, and so that the desk and the gates recognise you."), 90),
    PurposeLine(
        "passport", _("Passport and visa"),
        _("For the letter that supports your visa application, and for screening. The desk never sees it."), 30, sealed=True,
    ),
    PurposeLine(
        "screening", _("Screening"),
        _("The host’s authorities compare these with their lists. We keep their answer, and never a reason."), 30, sealed=True,
    ),
    PurposeLine(
        "travel", _("Travel and stay"), _("So that you are met, driven and housed as planned."), 30,
    ),
    PurposeLine(
        "diet", _("Food"), _("So that there is something for you to eat. The kitchen sees numbers, never names."), 7,
        needs_consent=True,
    ),
    PurposeLine(
        "access", _("Accessibility"), _("So that halls, seats and ways suit you. Only those who prepare them see it."), 7,
        sealed=True, needs_consent=True,
    ),
)  # fmt: skip

FIELDS = (
    FieldLine(
        "organisation", _("Your organisation"), FieldKind.LINE, "participation", required=True,
        but=(*VIPS, C.COMPANION, C.VISITOR),
    ),
    FieldLine("post", _("Your post"), FieldKind.LINE, "participation", but=(C.COMPANION, C.VISITOR)),
    FieldLine(
        "phone", _("Mobile telephone"), FieldKind.PHONE, "participation",
        hint=_("With the code of the country or region, such as +86. We use it in those days only."),
        but=VIPS[:2],
    ),
    FieldLine(
        "relation", _("As what you accompany"), FieldKind.CHOICE, "participation", required=True, of=(C.COMPANION,),
        options=(
            ("spouse", _("Spouse or partner")), ("aide", _("Aide")), ("interpreter", pgettext_lazy("companion", "Interpreter")),
            ("doctor", _("Doctor")), ("photographer", _("Photographer")), ("security", pgettext_lazy("companion", "Security")),
            ("family", _("Family")),
        ),
    ),
    FieldLine("outlet", _("For whom you report"), FieldKind.LINE, "participation", required=True, of=(C.MEDIA,)),
    FieldLine(
        "press_card", _("Press card or letter of assignment"), FieldKind.FILE, "participation", required=True, of=(C.MEDIA,),
        hint=_("PDF or picture, at most 10 MB."),
    ),
    FieldLine(
        "equipment", _("Equipment that you bring in"), FieldKind.TEXT, "participation", of=(C.MEDIA, C.EXHIBITOR),
        attendance=ON_SITE, hint=_("Cameras, transmitters, tools: one line each."),
    ),
    FieldLine("employer", _("Your employer"), FieldKind.LINE, "participation", required=True, of=(C.CONTRACTOR,)),
    FieldLine(
        "plate", _("Number plate of your vehicle"), FieldKind.LINE, "participation", of=(C.CONTRACTOR, C.EXHIBITOR),
        attendance=ON_SITE,
    ),
    FieldLine(
        "photo", _("Your photo"), FieldKind.PHOTO, "photo", attendance=ON_SITE,
        hint=_("A recent one, from the front, on a plain background. A head covering is welcome as long as the face shows."),
    ),
    FieldLine(
        "birth_date", _("Date of birth"), FieldKind.DATE, "screening", required=True, attendance=ON_SITE, screened=True,
    ),
    FieldLine(
        "birth_place", _("Place of birth"), FieldKind.LINE, "screening", attendance=ON_SITE, screened=True,
    ),
    FieldLine(
        "passport", _("Passport or identity document"), FieldKind.IDENTITY, "passport", attendance=ON_SITE,
        hint=_("Exactly as it stands in the document with which you will travel."),
    ),
    FieldLine(
        "visa", _("Do you need a letter for your visa application?"), FieldKind.YES_NO, "travel", attendance=ON_SITE,
    ),
    FieldLine(
        "visa_from", _("Where will you apply for the visa?"), FieldKind.ENTITY, "travel", required=True,
        condition=("visa", ("yes",)), attendance=ON_SITE,
    ),
    FieldLine(
        "arrival", _("Arrival"), FieldKind.MOMENT, "travel", F, attendance=ON_SITE, but=VIPS,
    ),
    FieldLine("arrival_by", _("Flight or train"), FieldKind.LINE, "travel", F, attendance=ON_SITE, but=VIPS),
    FieldLine("departure", _("Departure"), FieldKind.MOMENT, "travel", F, attendance=ON_SITE, but=VIPS),
    FieldLine(
        "diet", _("What you eat"), FieldKind.CHOICE, "diet", F, attendance=ON_SITE,
        options=(
            ("any", _("Anything")), ("vegetarian", _("Vegetarian")), ("vegan", _("Vegan")), ("halal", _("Halal")),
            ("kosher", _("Kosher")), ("other", _("Something else")),
        ),
    ),
    FieldLine(
        "diet_words", _("What we should know about it"), FieldKind.LINE, "diet", F, attendance=ON_SITE, required=True,
        condition=("diet", ("other",)),
    ),
    FieldLine(
        "access", _("What you need on site"), FieldKind.CHOICES, "access", F, attendance=ON_SITE,
        options=(
            ("step_free", _("Ways without steps")), ("wheelchair", _("A place for a wheelchair")),
            ("hearing", _("A hearing loop")), ("signing", _("Sign language")), ("guide", _("A guide, or a guide dog")),
            ("other", _("Something else")),
        ),
    ),
    FieldLine(
        "access_words", _("How we can help"), FieldKind.TEXT, "access", F, attendance=ON_SITE,
    ),
)  # fmt: skip
