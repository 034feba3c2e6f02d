"""What happens while a session runs: the run of show, and the interpretation that is planned for it.

It will hold channels, broadcasts, questions and presence. It is not the timetable: when and where a session takes place
is the programme's to say.
"""
