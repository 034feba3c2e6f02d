"""The ASGI door: Django's synchronous stack on a few lasting threads. It opens warm, before the first request.

Django's own ASGI handler takes a new thread, and with it a new database connection, for every request; lasting threads
keep theirs (docs/decisions/0011). Channels that stay open will be dispatched here, beside it.
"""

import gc
import os

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "summitry.config.settings")

REQUEST_THREADS = 4

_django = get_wsgi_application()

from summitry.site.warm import warm_up  # noqa: E402 - needs Django set up

warm_up()
# What is loaded by now stays; looking through it again and again for garbage would cost large pages a tenth of their time.
gc.collect()
gc.freeze()
application = WSGIMiddleware(_django, workers=REQUEST_THREADS)  # type: ignore[arg-type] # two spellings of one protocol
