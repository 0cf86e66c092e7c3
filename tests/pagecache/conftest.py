"""A site behind its page cache, and the ways to ask it for pages."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test.testcases import SerializeMixin

from pagecache.cache import PageCache
from pagecache.process import change_log
from pagecache.wsgi import PageCacheLayer
