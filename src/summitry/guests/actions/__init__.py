"""Writes of the guests room: who is asked, nominated, admitted, told, and forgotten in time."""
