"""Trying a message out on oneself."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from summitry.foundation.access import Actor, require
from summitry.foundation.errors import InvalidInput
from summitry.foundation.mail import Message, post
from summitry.foundation.models import Account
from summitry.mailing.models import Mailing


def send_test(mailing: Mailing, message: Message, *, by: Actor) -> str:
    """Send a letter of the mailing to `by` alone, marked as a test; return the address."""
    require(by, "view", mailing)
    account = Account.objects.filter(pk=by.account_id or 0, is_active=True).first()
    if account is None:
        raise InvalidInput(_("A test goes to the address of your account, and you have none."))
    with override(message.lang):
        subject = _("[Test] %(subject)s") % {"subject": message.subject}
    with transaction.atomic():
        post(
            replace(message, subject=subject),
            [account.email],
            reply_to=[mailing.reply_to] if mailing.reply_to else (),
        )
    return account.email
