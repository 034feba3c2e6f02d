"""What this room refuses, each with a sentence for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.foundation.errors import SummitryError


class QuotaFull(SummitryError):
    """The delegation has no place left in this category."""

    code = "quota-full"
    message = _("All %(places)s places of this category are taken. Withdraw or replace somebody first.")


class WindowClosed(SummitryError):
    """The time in which this can be done has not begun or is over."""

    code = "window-closed"
    message = _("This is not open at the moment.")


class AlreadyGuest(SummitryError):
    """The person is a guest of this edition already: nobody is registered twice."""

    code = "already-guest"
    message = _("%(person)s is a guest of this edition already.")


class OwnRecord(SummitryError):
    """Nobody decides about herself."""

    code = "own-record"
    message = _("This is your own record. Somebody else has to decide about it.")


class SecondPerson(SummitryError):
    """Who proposed a decision cannot be the second person as well."""

    code = "second-person"
    message = _("You proposed this yourself. A second person has to agree.")


class StillNeeded(SummitryError):
    """What the program finds by its address is not taken from under it."""

    code = "still-needed"
    message = _("%(what)s is needed as it is. %(why)s")


class StillUsed(SummitryError):
    """What guests have, or were asked, is not removed from under them."""

    code = "still-used"
    message = _("%(what)s is in use and cannot be removed.")


class OnlyHerself(SummitryError):
    """The category lets nobody fill in on a guest's behalf."""

    code = "only-herself"
    message = _("Guests of this category fill in their application themselves.")


class StepClosed(SummitryError):
    """What this step asks cannot be answered in the guest's present state."""

    code = "step-closed"
    message = _("This part of the application is not open at the moment.")


class ProposalWaits(SummitryError):
    """Another decision was proposed already and waits for a second person."""

    code = "proposal-waits"
    message = _("Another decision was proposed already. Agree to it or reject it first.")


class SameOfficer(SummitryError):
    """Who refused does not answer the appeal against it."""

    code = "same-officer"
    message = _("You refused this application yourself. Somebody else has to answer the appeal.")


class AppealedBefore(SummitryError):
    """An appeal is possible once."""

    code = "appealed-before"
    message = _("You have appealed before; this was the last decision.")


class LettersLeft(SummitryError):
    """The guests have been told already, so the decisions can no longer be taken back as if nothing had been."""

    code = "letters-left"
    message = _("The letters have left already. Reset the decisions one by one, with a reason.")


class NotApproved(SummitryError):
    """A visa letter is for guests whose application is approved, and for no others."""

    code = "not-approved"
    message = _("A letter can be issued once the application is approved.")


class NoPassport(SummitryError):
    """A visa letter names a passport."""

    code = "no-passport"
    message = _("The guest has not given the passport’s details yet.")


class Shredded(SummitryError):
    """What is asked for was kept until its time was over, and is gone."""

    code = "shredded"
    status = 410
    message = _("This was erased when its time was over.")


class LetterGone(SummitryError):
    """A letter that has been written cannot be taken back."""

    code = "letter-gone"
    message = _("A letter that has left cannot be taken back. Withdraw the invitation instead.")


class AnswerByMissing(SummitryError):
    """An invitation says until when it is to be answered."""

    code = "answer-by-missing"
    message = _("Say until when the invitation is to be answered; it has to be a time to come.")


class AddressMissing(SummitryError):
    """A letter needs an address."""

    code = "address-missing"
    message = _("No e-mail address is known for %(person)s.")


class TooManyCompanions(SummitryError):
    """The principal's category allows no more companions."""

    code = "too-many-companions"
    message = _("At most %(places)d people may accompany this guest.")


class SlotTaken(SummitryError):
    """One of two diaries has something else at this time."""

    code = "slot-taken"
    message = _("One of you has something else at this time. Choose another one.")


class NotToBeMet(SummitryError):
    """A guest is met, and asks for meetings, only while she has agreed to it and is accredited."""

    code = "not-to-be-met"
    message = _("A meeting is possible only between guests who are accredited and have agreed to be met.")


class TooManyRequests(SummitryError):
    """A guest has asked for many meetings that nobody has answered yet."""

    code = "too-many-requests"
    message = _(
        "You have asked for %(most)d meetings that are not answered yet. Wait for some answers first."
    )
