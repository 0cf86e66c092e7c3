"""What waits in the database, asked when somebody wants to know."""

from __future__ import annotations

import logging

from django.db import DatabaseError, InterfaceError, connections

from background.models import Task
from config.watch import Watch
from outbox.models import Mail

DEADLINE = 1.0  # seconds; Prometheus waits ten
logger = logging.getLogger(__name__)


def waiting() -> dict[str, int]:
    """Return how many tasks and mails wait; nothing if the database does not answer in time."""
    try:
        return watch.look().result(DEADLINE)
    except TimeoutError:
        return {}


def count_and_let_go() -> dict[str, int]:
    """Ask the database and close the connection. Never raises: nobody may wait for it any more."""
    try:
        return {
            "tasks": Task.objects.ready().count(),
            "mails": Mail.objects.filter(sent_at=None).count(),
        }
    except (DatabaseError, InterfaceError):
        return {}
    except Exception:
        logger.exception("What waits in the database cannot be counted")
        return {}
    finally:
        connections.close_all()


watch = Watch(count_and_let_go)
