"""The web application for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xingyun.config.settings")
application = get_wsgi_application()

from xingyun.web.industries import sounds  # noqa: E402  # the applications are ready only now

# Whoever searches first should not wait a quarter of a second for 1,381 names to be read aloud.
sounds()
