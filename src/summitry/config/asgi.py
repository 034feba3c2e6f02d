"""The ASGI door. It opens warm: addresses, templates and the current programme are loaded before the first request."""

import os
import warnings

from django.core.asgi import get_asgi_application

# Static and stored files are sent from synchronous iterators, on a thread; Django would remark on each kind of them.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "summitry.config.settings")

application = get_asgi_application()

from summitry.site.warm import warm_up  # noqa: E402 - needs Django set up

warm_up()
