"""Figures that can be defended: measures with definitions, observations with source and qualifier, comparisons.

An observation is a claim by somebody at some time; conflicting claims stand side by side and are not settled here.
"""
