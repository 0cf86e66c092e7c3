"""The WSGI entry point, for Gunicorn, Django's development server and `config.serving.server`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Import one module only: the other database's driver may not be installed.
if settings.DATABASES["default"]["ENGINE"] == "config.postgresql":
    from config.postgresql.base import limit_waiting
else:
    from config.sqlite.base import limit_waiting

limit_waiting(settings.PARLEY_DATABASE_TIMEOUT)
