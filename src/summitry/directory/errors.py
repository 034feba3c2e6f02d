"""This room's refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.foundation.errors import InvalidInput, SummitryError


class NameMissing(InvalidInput):
    """A person without any name."""

    code = "name-missing"
    message = _("Please give at least one name.")


class NameTwice(InvalidInput):
    """Two names for the same use and language."""

    code = "name-twice"
    message = _("There are two names for the same use in the same language (%(lang)s).")


class TermWithoutWords(InvalidInput):
    """A term that has no name in any language."""

    code = "term-without-words"
    message = _("Please give the term in at least one language.")


class TermForbidsItself(InvalidInput):
    """A form is both the agreed one and a forbidden one of the same term."""

    code = "term-forbids-itself"
    message = _("“%(form)s” cannot be the agreed form and a forbidden one at once.")


class ProfileFrozen(SummitryError):
    """A frozen version of a naming profile is never edited again."""

    code = "profile-frozen"
    message = _("This version of the naming profile is frozen. Please make a new version of it.")


class TopicCycle(SummitryError):
    """A topic cannot lie below itself."""

    code = "topic-cycle"
    message = _("A topic cannot be placed below itself.")


class FlagsOverlap(SummitryError):
    """Two flags of one entity on the same day."""

    code = "flags-overlap"
    message = _("Another flag is already valid on some of these days.")


class MergeRefused(SummitryError):
    """These two records cannot be merged."""

    code = "merge-refused"
    message = _("These two records cannot be merged.")


class MergeWithItself(MergeRefused):
    """A record cannot be merged with itself."""

    code = "merge-with-itself"
    message = _("A record cannot be merged with itself.")


class TwoAccounts(MergeRefused):
    """Both people can sign in."""

    code = "merge-two-accounts"
    message = _("Both people have an account. Please detach one of them first.")


class MergeAlreadyUndone(SummitryError):
    """The merge has been undone before."""

    code = "merge-already-undone"
    message = _("This merge has already been undone.")


class UndoRefused(SummitryError):
    """Something has happened since that stands in the way of the old state."""

    code = "undo-refused"
    message = _("This merge cannot be undone any more: %(reason)s")
