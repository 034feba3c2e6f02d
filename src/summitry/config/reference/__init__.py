"""Writes the generated pages of the documentation: settings, roles and permissions, states and the audit's sentences.

They are read off what the rooms registered, so they cannot be wrong; a test fails when a page is not what would be
written now. `python -m summitry.config.reference docs/reference` (`make docs`) writes them. It explains nothing: the
guides do.
"""
