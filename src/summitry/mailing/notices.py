"""Notices that the program writes by itself, as the rooms above ask for them.

    post_notice(edition, NoticeKey.FORUM_RETURNED, holders({"forum_editor"}, "forum", [forum.pk])[forum.pk],
                {"forum": forum.title, "remarks": forum.remarks, "due": …, "link": site_address(path)}, by=by)

Each has words in six languages that Summitry ships (`mail/<key>.<language>.txt`) and that an edition may replace, and
lands in the outbox as the edition decided: sent at once, held until somebody releases it, or not written. A fact is
text: a word, a translated text, or a function of the reader's language. What follows from it is queued in the caller's
transaction.
"""

from summitry.mailing.actions.notices import post_notice
from summitry.mailing.audiences import Recipient
from summitry.mailing.enums import NoticeKey
from summitry.mailing.queries.people import account_recipient, holders, person_recipient, secretariat
from summitry.mailing.queries.writing import site_address

__all__ = [
    "NoticeKey",
    "Recipient",
    "account_recipient",
    "holders",
    "person_recipient",
    "post_notice",
    "secretariat",
    "site_address",
]
