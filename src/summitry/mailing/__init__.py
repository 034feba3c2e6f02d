"""Mail to many: audiences, messages in the recipients' languages, and the outbox with what became of each letter.

Who can be written to is told by other rooms: they register audiences here. It is not a newsletter system, and not the
transport: single messages and the mail server's door are `foundation.mail`.
"""
