"""The web application for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from xingyun.config.environment import ENVIRONMENT, SQLITE
from xingyun.config.turns import Application, Turns

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xingyun.config.settings")
application: Application = get_wsgi_application()

from xingyun.web.industries import sounds  # noqa: E402  # the applications are ready only now

if ENVIRONMENT.database["ENGINE"] == SQLITE:
    application = Turns(application)

# Whoever searches first should not wait a quarter of a second for 1,381 names to be read aloud.
sounds()
