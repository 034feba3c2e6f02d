"""Guests: the people of one edition, from invitation or nomination to the decision to admit them.

Here are categories and what each is asked, delegations with their quotas and focal points, invitations and answers,
applications, screening, decisions, visa letters, companions, consents and what is kept how long. Who a person is in every
year is the directory's; rank, seats and travel are protocol's; badges, gates and scans are in `gates`.
"""
