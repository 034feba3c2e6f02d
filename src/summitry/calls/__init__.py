"""Calls: one engine that invites to apply, judges in rounds, selects under quotas and announces, and that can prove it.

A call is a configuration of it: achievements, cases and competitions differ in their presets only. Not for exhibitors,
whose applications are for stands (`expo`), and not for what laureates do on a stage (`programme`).
"""
