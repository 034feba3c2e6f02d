"""Why entries cannot be given out, in sentences: which entries, which jurors, which rules, and what would free them.

Each name leads to the page on which it can be changed. Sentences about entries of which the reader may know nothing are
left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from summitry.calls.enums import ConflictKind
from summitry.calls.models import Computation, Entry, Juror, Round
from summitry.calls.permissions_judging import barred
from summitry.calls.queries.assignment_problem import LANGUAGE, PANEL, RECUSED
from summitry.calls.queries.computations import answer_of
from summitry.directory.queries.names import display_names
from summitry.foundation.access import Actor
from summitry.foundation.i18n import formats

NAMED = 6
"""So many names stand in one sentence; the rest is counted."""
RULES: dict[str, Promise] = {
    LANGUAGE: gettext_lazy("jurors who do not read the entry’s language"),
    PANEL: gettext_lazy("jurors of another area’s panel"),
    RECUSED: gettext_lazy("jurors who have recused themselves"),
}


@dataclass(frozen=True, slots=True)
class Remedy:
    """Steps that free something together, and what would still be open after them."""

    steps: list[SafeString]
    rest: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A shortage in words: the main sentence, what competes, single causes, and ways out."""

    headline: str
    bottleneck: SafeString | None
    causes: list[SafeString]
    remedies: list[Remedy]


def explained(computation: Computation, round_: Round, actor: Actor) -> Explained:
    """Return why an assignment came to nothing, as `actor` may read it (three queries)."""
    answer = answer_of(computation) or {}
    return _Words(answer, round_, actor).explained()


def said(sentence: str, **parts: object) -> SafeString:
    """Return a sentence with its parts escaped, but those that are HTML already."""
    told = {
        name: conditional_escape(part if isinstance(part, SafeString) else str(part))
        for name, part in parts.items()
    }
    return mark_safe(conditional_escape(sentence) % told)  # noqa: S308 - sentence and parts are escaped


class _Words:
    """The names of a shortage, and its sentences in the active language."""

    def __init__(self, answer: dict[str, Any], round_: Round, actor: Actor) -> None:
        self.answer, self.round = answer, round_
        self.lang = get_language() or "en"
        self.slugs = [round_.call.edition.slug, round_.call.slug]
        ids = barred(actor)
        entries = Entry.objects.filter(standings__round=round_)
        self.entries = (
            (entries if ids is None else entries.exclude(pk__in=ids)).only("number", "title").in_bulk()
        )
        self.people = dict(Juror.objects.filter(call=round_.call_id).values_list("pk", "person_id"))
        edition = round_.call.edition
        self.names = display_names(list(self._named_people()), self.lang, edition.fallback)

    def explained(self) -> Explained:
        missing, unreached = self.answer["missing"], self.answer["unreached"]
        if missing:
            headline = ngettext(
                "%(count)d read cannot be given to anybody.",
                "%(count)d reads cannot be given to anybody.",
                missing,
            ) % {"count": missing}
        elif unreached:
            headline = ngettext(
                "Jurors would get %(count)d read fewer than they should at least.",
                "Jurors would get %(count)d reads fewer than they should at least.",
                unreached,
            ) % {"count": unreached}
        else:
            headline = _(
                "Reviews that have begun contradict the rules, so nothing can be given out around them."
            )
        causes = [sentence for sentence in self._causes() if sentence is not None]
        remedies = [self._remedy(each) for each in self.answer["remedies"]]
        narrow = self._bottleneck() if self.answer["bottleneck"] else None
        return Explained(headline, narrow, causes, [each for each in remedies if each is not None])

    def _bottleneck(self) -> SafeString:
        narrow = self.answer["bottleneck"]
        parts = {
            "entries": self._entries(narrow["entries"]),
            "jurors": self._jurors(narrow["jurors"]),
            "need": formats.number(narrow["need"], self.lang),
            "give": formats.number(narrow["give"], self.lang),
        }
        if narrow["goal"] == "reads":
            if not narrow["jurors"] and not narrow["give"]:
                return said(
                    _("These entries need %(need)s reads, and nobody may read them: %(entries)s."), **parts
                )
            if not narrow["jurors"]:
                return said(
                    _(
                        "These entries need %(need)s reads; with everybody who may read them there are "
                        "%(give)s: %(entries)s."
                    ),
                    **parts,
                )
            return said(
                _(
                    "These entries together need %(need)s reads: %(entries)s. Those who may read them can give "
                    "%(give)s: %(jurors)s."
                ),
                **parts,
            )
        return said(
            _(
                "These jurors together should read %(need)s entries: %(jurors)s. Of what they may read only %(give)s "
                "reads are there for them."
            ),
            **parts,
        )

    def _causes(self) -> Iterable[SafeString | None]:
        for each in self.answer["entries"][:NAMED]:
            yield self._short_entry(each)
        for each in self.answer["jurors"][:NAMED]:
            yield said(
                _("%(juror)s should read at least %(least)s entries and can get %(reach)s."),
                juror=self._juror(each["juror"]),
                least=each["least"],
                reach=each["reach"],
            )
        for each in self.answer["rules"]:
            yield said(
                _(
                    "Left out are %(rules)s, in %(pairs)s cases here; without that %(frees)s more reads could be given."
                ),
                rules=self._rules(each["rules"]),
                pairs=formats.number(each["pairs"], self.lang),
                frees=formats.number(each["frees"], self.lang),
            )
        for each in self.answer["caps"]:
            yield said(CAPS[each["kind"]], cap=each["cap"], frees=formats.number(each["frees"], self.lang))
        for each in self.answer["clashes"]:
            if each["entry"] in self.entries:
                parts = {"entry": self._entry(each["entry"]), "juror": self._juror(each["juror"])}
                yield said(CLASHES[each["clash"]], **parts)

    def _short_entry(self, each: dict[str, Any]) -> SafeString | None:
        if each["entry"] not in self.entries:
            return None
        if not each["open"]:
            return said(_("No juror at all may read %(entry)s."), entry=self._entry(each["entry"]))
        return said(
            _("%(entry)s needs %(reads)s readers and lacks %(missing)s; %(open)s jurors may read it."),
            entry=self._entry(each["entry"]),
            **{name: formats.number(each[name], self.lang) for name in ("reads", "missing", "open")},
        )

    def _remedy(self, remedy: dict[str, Any]) -> Remedy | None:
        steps = [self._step(step) for step in remedy["steps"]]
        told = [step for step in steps if step is not None]
        if len(told) < len(steps) or not steps:
            return None
        if len(told) > NAMED:
            more = _("… and %(count)d more steps like these.") % {"count": len(told) - NAMED}
            told = [*told[:NAMED], said("%(more)s", more=more)]
        left = remedy["still_missing"] + remedy["still_unreached"] + remedy["still_clashing"]
        rest = ""
        if left:
            rest = ngettext("%(count)d read stays open.", "%(count)d reads stay open.", left) % {
                "count": left
            }
        return Remedy(told, rest)

    def _step(self, step: dict[str, Any]) -> SafeString | None:
        if step["entry"] is not None and step["entry"] not in self.entries:
            return None
        parts: dict[str, object] = {"by": step["by"], "round": self._round()}
        if step["entry"] is not None:
            parts["entry"] = self._entry(step["entry"])
        if step["juror"] is not None:
            parts["juror"] = self._juror(step["juror"])
        if step["rules"]:
            parts["rules"] = self._rules(step["rules"])
        return said(STEPS[step["change"]], **parts)

    def _rules(self, rules: Sequence[str]) -> str:
        return formats.listing([rule_words(rule) for rule in rules], self.lang)

    def _entry(self, key: int) -> SafeString:
        entry = self.entries[key]
        url = f"{reverse('calls:round_reads', args=[*self.slugs, self.round.number])}?entry={entry.number}"
        return format_html('<a href="{}"><bdi>{} {}</bdi></a>', url, entry.number, entry.title)

    def _juror(self, key: int) -> SafeString:
        url = reverse("calls:round_juror", args=[*self.slugs, self.round.number, key])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', url, self.names[self.people[key]])

    def _round(self) -> SafeString:
        url = reverse("calls:round_settings", args=[*self.slugs, self.round.number])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', url, self.round.name)

    def _entries(self, keys: Iterable[int]) -> SafeString:
        return self._several([key for key in keys if key in self.entries], self._entry)

    def _jurors(self, keys: Iterable[int]) -> SafeString:
        return self._several(list(keys), self._juror)

    def _several(self, keys: Sequence[int], shown: Callable[[int], SafeString]) -> SafeString:
        names = [str(shown(key)) for key in keys[:NAMED]]
        if len(keys) > NAMED:
            names.append(conditional_escape(_("%(count)d others") % {"count": len(keys) - NAMED}))
        return mark_safe(formats.listing(names, self.lang))  # noqa: S308 - each part is escaped above

    def _named_people(self) -> set[int]:
        narrow = self.answer["bottleneck"]
        keys = {each["juror"] for each in (*self.answer["jurors"], *self.answer["clashes"])}
        keys |= {step["juror"] for remedy in self.answer["remedies"] for step in remedy["steps"]}
        keys |= set(narrow["jurors"][:NAMED]) if narrow else set()
        return {self.people[key] for key in keys if key in self.people}


def rule_words(rule: str) -> str:
    """Return what a rule keeps away, in the words of a sentence."""
    if rule in RULES:
        return str(RULES[rule])
    return _("jurors in conflict (%(kind)s)") % {"kind": ConflictKind(rule).label}


CAPS: dict[str, Any] = {
    "organisation": gettext_lazy(
        "At most %(cap)s jurors of one organisation may read an entry; with more, %(frees)s more reads could be given."
    ),
    "entity": gettext_lazy(
        "At most %(cap)s jurors of one country or region may read an entry; with more, %(frees)s more reads could be given."
    ),
}
CLASHES: dict[str, Any] = {
    "barred": gettext_lazy("%(juror)s has begun to review %(entry)s, although a rule bars her from it."),
    "entry_full": gettext_lazy(
        "More reviews of %(entry)s have begun than it needs; %(juror)s writes one of them."
    ),
    "juror_full": gettext_lazy(
        "%(juror)s has begun more reviews than she reads at most; %(entry)s is one of them."
    ),
    "organisation_cap": gettext_lazy(
        "More jurors of one organisation have begun to review %(entry)s than may; %(juror)s is one of them."
    ),
    "entity_cap": gettext_lazy(
        "More jurors of one country or region have begun to review %(entry)s than may; %(juror)s is one of them."
    ),
}
STEPS: dict[str, Any] = {
    "raise_most": gettext_lazy("Let %(juror)s read up to %(by)s more."),
    "lower_least": gettext_lazy("Ask %(juror)s to read %(by)s fewer at least."),
    "lower_reads": gettext_lazy("Have %(entry)s read by %(by)s fewer."),
    "raise_reads": gettext_lazy("Have %(entry)s read by %(by)s more."),
    "lift_rules": gettext_lazy("Give %(entry)s to %(juror)s, although that lets in %(rules)s."),
    "release_kept": gettext_lazy("Take the review of %(entry)s from %(juror)s."),
    "raise_organisation_cap": gettext_lazy(
        "In %(round)s, let %(by)s more jurors of one organisation read an entry."
    ),
    "raise_entity_cap": gettext_lazy(
        "In %(round)s, let %(by)s more jurors of one country or region read an entry."
    ),
    "raise_limit": gettext_lazy("In %(round)s, draw less at random."),
}
