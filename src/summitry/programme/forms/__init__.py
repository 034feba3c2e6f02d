"""What comes in from outside: a visitor's questions to the timetable, and what editors type into records.

Forms check what can be said without the database; permission and everything else is the actions' to check.
"""

from summitry.programme.forms.visitor import SpeakerQuery, TimetableQuery

__all__ = ["SpeakerQuery", "TimetableQuery"]
