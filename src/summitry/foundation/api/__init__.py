"""What every API operation shares: who asks, problem reports, cursor pages, entity tags.

Operations live in the rooms' `api.py`; the root that gathers them is in `site`.
"""

from summitry.foundation.api.auth import identify
from summitry.foundation.api.base import SummitryAPI
from summitry.foundation.api.cursor import CursorPage, page_of
from summitry.foundation.api.text import Localised, localised, reworded

__all__ = ["CursorPage", "Localised", "SummitryAPI", "identify", "localised", "page_of", "reworded"]
