"""Mail in the reader's language, sent by a job with retries.

A message is a template per language, `mail/<name>.<lang>.txt`: its first line is the subject, the rest is Markdown,
which goes out as plain text and, in the house's frame, as HTML.
"""

from summitry.foundation.mail.message import Message, compose
from summitry.foundation.mail.send import deliver, post

__all__ = ["Message", "compose", "deliver", "post"]
