"""The log and the page cache of this process, made when they are first needed."""

from __future__ import annotations

import logging
import math
import time
from functools import cache
from pathlib import Path

from django.conf import settings

from pagecache.cache import PageCache
from pagecache.channels.choosing import channel
from pagecache.log import ChangeLog

logger = logging.getLogger(__name__)
MEGABYTE = 2**20


def change_log() -> ChangeLog | None:
    """Return the log of changes of this machine; None if there can be none, which is logged once."""
    return _log_at(Path(settings.PARLEY_CHANGE_LOG))


@cache
def _log_at(path: Path) -> ChangeLog | None:
    try:
        return ChangeLog(path)
    except OSError as error:
        logger.error(
            "%s cannot be used: pages are not kept in memory, and other processes are not told of "
            "changes: %s",
            path,
            error.strerror or error,
        )
        return None


@cache
def page_cache() -> PageCache | None:
    """Return a page cache of the size that is set; None if pages are not to be kept."""
    room = settings.PARLEY_PAGE_CACHE * MEGABYTE
    log = change_log() if room else None
    return PageCache(log, room) if log else None


def memory_version() -> int | None:
    """Return the version of what processes keep in memory (`web.in_memory`).

    None if this process may not hear of all changes: those of other machines it hears of as long as
    its page cache does.
    """
    log = change_log()
    if log is None or (channel() and not _hears_others()):
        return None
    return log.memory_version


def _hears_others() -> bool:
    """Return whether a `Listener` of this process hears what other machines change."""
    pages = page_cache()
    return pages is not None and time.time() < pages.heard_until < math.inf
