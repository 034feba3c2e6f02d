"""Mail in the reader's language, sent by a job with retries.

A message is a template per language, `mail/<name>.<lang>.txt`: its first line is the subject, the rest is Markdown,
which goes out as plain text and, in the house's frame, as HTML. Or it is what people wrote, with placeholders. To
whom many messages go, and what became of each, is the business of the room `mailing`.
"""

from summitry.foundation.mail.message import Message, compose, split_subject, write
from summitry.foundation.mail.placeholders import Unknown, Value, placeholders_in, unknown_in
from summitry.foundation.mail.send import deliver, parcel, post

__all__ = [
    "Message",
    "Unknown",
    "Value",
    "compose",
    "deliver",
    "parcel",
    "placeholders_in",
    "post",
    "split_subject",
    "unknown_in",
    "write",
]
