"""Gates: badges and the tokens on them, zones and who may enter which when, devices, scans, and who is present.

A scan is never changed; what two gates disagree about becomes an incident that a person settles. Who is admitted at all is
decided in `guests`.
"""
