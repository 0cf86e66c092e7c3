"""`manage.py work`: the worker, which runs the tasks in the queue."""

from __future__ import annotations

import logging
import time
from argparse import ArgumentTypeError
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.compat import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker

from background.models import Task
from background.revival import revive
from background.schedule import enqueue_due

TASKS_BETWEEN_LOOKS = 50
SHORTEST_PAUSE, LONGEST_PAUSE = 0.01, 3600
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Does background work until it is told to stop: mails, and what is scheduled. Any number "
        "of workers may run, on any machine that reaches the database."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing is ready")
        parser.add_argument(
            "--interval", type=pause, default=1.0, help="seconds between looks (default: 1)"
        )

    def handle(self, *args: Any, once: bool, interval: float, **options: Any) -> None:
        if once:
            work_off(new_worker)
            return
        while keep_working():
            time.sleep(interval)


def pause(text: str) -> float:
    """Return the seconds that were typed. Raises ArgumentTypeError if they are out of range."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not SHORTEST_PAUSE <= seconds <= LONGEST_PAUSE:
        raise ArgumentTypeError(
            f"must be seconds from {SHORTEST_PAUSE} to {LONGEST_PAUSE}, not “{text}”"
        )
    return seconds


def keep_working() -> bool:
    """Run all tasks that are ready; return whether to go on, as when the database is away."""
    try:
        return work_off(new_listening_worker)
    except OperationalError as error:
        logger.warning("The database does not answer: %s", error)
        return True
    finally:
        close_old_connections()


def work_off(make_worker: Callable[[], Worker]) -> bool:
    """Run all tasks that are ready; return False if the worker was asked to stop."""
    while True:
        enqueue_due()
        revive()
        if not Task.objects.ready().exists():
            return True
        worker = make_worker()
        worker.run()
        if not worker.running:
            return False


def new_listening_worker() -> Worker:
    """Return a worker that finishes its task and stops when it gets a signal."""
    worker = new_worker()
    worker.configure_signals()
    return worker


def new_worker() -> Worker:
    """Return a worker that stops when nothing is ready, or after TASKS_BETWEEN_LOOKS tasks."""
    return Worker(
        queue_names=[DEFAULT_TASK_QUEUE_NAME],
        excluded_queue_names=[],
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        worker_id=get_random_string(16),
        interval=0,
        batch=True,
        max_tasks=TASKS_BETWEEN_LOOKS,
        startup_delay=False,
    )
