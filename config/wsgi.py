"""The WSGI entry point, for Gunicorn, Django's development server and `config.serving.server`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Each driver is sure to be of use only where its database is.
if settings.DATABASES["default"]["ENGINE"] == "config.postgresql":
    from config.postgresql.base import limit_waiting
else:
    from config.sqlite.base import limit_waiting

limit_waiting(settings.PARLEY_DATABASE_TIMEOUT)
