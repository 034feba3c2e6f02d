"""Reads of the protocol room: who stands where, who sits beside whom, who arrives when."""
