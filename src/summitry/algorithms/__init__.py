"""Pure algorithms: plain values in, plain values out. They know neither Django nor the database nor any other room.

Not for translating rows into problems or answers into sentences: the room that uses an algorithm owns both.
"""
