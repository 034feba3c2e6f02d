"""The relay: a laptop in the hall that stands between the gates and the server, and goes on when the line outside is gone.

It mirrors the roster, knows what all gates of the hall have let in, keeps their scans in a database of its own and hands them
on, each under the device that made it and under its own id, so that handing on twice is harmless. It decides as a gate does,
by the same table; what the server alone knows (quotas, other halls) is settled when the scans arrive there.
"""
