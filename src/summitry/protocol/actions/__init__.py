"""Writes of the protocol room: places are given, people are met, driven, housed and fed."""
