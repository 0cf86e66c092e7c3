"""The WSGI entry point, for Gunicorn, Django's development server and `config.serving.server`."""

import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application: Any = get_wsgi_application()

# Only now: they import models.
from config.logs import is_logged, log_kept_page
from config.metrics.figures import PagesInMemory, table
from config.metrics.queries import QueryClock
from pagecache.process import page_cache
from pagecache.wsgi import PageCacheLayer

if settings.PARLEY_METRICS:
    QueryClock(table())
if (pages := page_cache()) is not None:
    told = log_kept_page if is_logged() else None
    counted = PagesInMemory(table()) if settings.PARLEY_METRICS else None
    application = PageCacheLayer(application, pages, told=told, counted=counted)

# Import one module only: the other database's driver may not be installed.
if settings.DATABASES["default"]["ENGINE"] == "config.postgresql":
    from config.postgresql.base import limit_waiting
else:
    from config.sqlite.base import limit_waiting

limit_waiting(settings.PARLEY_DATABASE_TIMEOUT)
