"""The ASGI door: Django's synchronous stack on a few lasting threads. It opens warm, before the first request.

Django's own ASGI handler takes a new thread, and with it a new database connection, for every request; lasting threads
keep theirs (docs/decisions/0011). Live updates, which stay open, have a door of their own beside it.
"""

import gc
import os
from threading import Thread

from summitry.foundation import memory

memory.keep_lean()

from a2wsgi import WSGIMiddleware  # noqa: E402 - what is loaded from here on is kept lean
from django.core.wsgi import get_wsgi_application  # noqa: E402 - as above

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "summitry.config.settings")

REQUEST_THREADS = 4

_django = get_wsgi_application()

from summitry.foundation.i18n.catalogues import share_keys  # noqa: E402 - needs Django set up
from summitry.foundation.live.endpoint import with_live  # noqa: E402 - needs Django set up
from summitry.gates.device_door import with_devices  # noqa: E402 - needs Django set up
from summitry.site.warm import warm_up  # noqa: E402 - needs Django set up

# The server imports this module inside its event loop, where Django refuses the database: so on a thread of its own.
_warming = Thread(target=warm_up, args=[_django])
_warming.start()
_warming.join()
share_keys()
# What is loaded by now stays; looking through it again and again for garbage would cost large pages a tenth of their time.
gc.collect()
gc.freeze()
memory.give_back()
application = with_live(with_devices(WSGIMiddleware(_django, workers=REQUEST_THREADS)))  # type: ignore[arg-type] # two spellings of one protocol
