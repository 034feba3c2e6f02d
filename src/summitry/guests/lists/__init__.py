"""The console's lists of the guests room: guests, invitations, delegations, visa letters."""
