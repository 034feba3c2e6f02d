"""The console's addresses, a list for each room, loaded together and late: see `config.urls`.

The pages of long work are among them: what such a page is like, its room says when its console is loaded.
"""

from __future__ import annotations

from summitry.calls import urls as _calls
from summitry.editions import urls as _editions
from summitry.foundation import urls as _foundation
from summitry.gates import urls_console as _gates
from summitry.guests import urls as _guests
from summitry.insight import urls as _insight
from summitry.live import urls as _live
from summitry.mailing import urls as _mailing
from summitry.programme import urls_console as _programme
from summitry.protocol import urls as _protocol
from summitry.site import urls_console as _site
from summitry.translation import urls as _translation

calls = _calls.console
editions = _editions.console
gates = _gates.console
guests = _guests.console
insight = _insight.console
live = _live.console
mailing = _mailing.console
programme = _programme.console
progress = _foundation.everywhere
protocol = _protocol.console
site = _site.console
translation = _translation.console
