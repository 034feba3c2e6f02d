"""What can be said of a translation by looking at the two texts: differences, terms, limits, what got lost.

Pure functions over strings; they know nothing of rows, people or pages, and they decide nothing.
"""
