"""The console's lists: a list is declared as data (`ListSpec`), and one view and one template show it.

It filters, sorts, pages, exports and changes many rows at once, and keeps filters under a name. It knows no room: whose
rows, which columns and what may be done with them is what a room declares. It is not for pages of the public.
"""

from summitry.foundation.lists.action import BulkAction, Change
from summitry.foundation.lists.cells import Chip, Local
from summitry.foundation.lists.filters import Filter, Option, choice, related, search, yes_no
from summitry.foundation.lists.reader import Reader
from summitry.foundation.lists.sorting import by_keys, by_text
from summitry.foundation.lists.spec import Column, Empty, ListSpec
from summitry.foundation.lists.values import field_name, name_fields
from summitry.foundation.lists.views import list_urls

__all__ = [
    "BulkAction",
    "Change",
    "Chip",
    "Column",
    "Empty",
    "Filter",
    "ListSpec",
    "Local",
    "Option",
    "Reader",
    "by_keys",
    "by_text",
    "choice",
    "field_name",
    "list_urls",
    "name_fields",
    "related",
    "search",
    "yes_no",
]
