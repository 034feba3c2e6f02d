"""The programme's lists in the console, declared as data: sessions, contributions, forums, and who appears.

Each shows the rows that its reader works on, and changes them through the room's actions. How a list looks and works
is the foundation's; the public timetable is not made of these.
"""
