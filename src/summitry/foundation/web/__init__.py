"""What every page shares: the design system, security headers, navigation, page cache and template tags.

It decides how pages look and travel, never what they say.
"""
