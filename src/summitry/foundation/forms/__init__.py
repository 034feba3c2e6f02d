"""Forms for records: texts in several languages, and edits that neither overwrite nor lose another editor's words.

Only what every console form needs; which fields a record has is its room's to say, and writing is its action's.
"""

from summitry.foundation.forms.asked import asked_when
from summitry.foundation.forms.record import Clash, RecordForm
from summitry.foundation.forms.text import TextFormField
from summitry.foundation.forms.zoned import ZonedDateTimeField

__all__ = ["Clash", "RecordForm", "TextFormField", "ZonedDateTimeField", "asked_when"]
