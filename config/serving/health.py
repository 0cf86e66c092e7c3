"""Answers load balancers and monitors at once, even if the database hangs.

The answers come before anything else reads the request, so they work on plain HTTP and for any host
name. A separate thread asks the database, and may hang while a request waits for its answer.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import cache as remember
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.core.cache import DEFAULT_CACHE_ALIAS, caches
from django.db import DatabaseError, InterfaceError, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django_tasks_db.models import get_date_max

from background.models import Schedule, Task
from config import outage
from config.watch import Watch

DEADLINE = 1.0  # seconds
# Shorter than DEADLINE: pages are served without a cache.
DEADLINE_OF_CACHE = 0.4
# A task may take three minutes, and the worker looks for scheduled work after each.
LATE = timedelta(minutes=5)
CACHE_AWAY = ("the cache does not answer",)
logger = logging.getLogger(__name__)


class State(NamedTuple):
    """The reasons why pages cannot be served, and warnings."""

    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


NO_ANSWER = State(("the database does not answer",))


def look_and_let_go() -> State:
    """Return the site's state, and close connections. Never raises: the state has the errors."""
    try:
        try:
            return state()
        finally:
            connections.close_all()
    except Exception:
        logger.exception("The site cannot be looked at")
        return State(("the site cannot be looked at: see the log",))


def state() -> State:
    try:
        if waiting := migrations_waiting():
            return State((f"{waiting} migrations wait",), disk_warnings())
        warnings = ("no worker does what waits",) if worker_is_gone() else ()
    except (DatabaseError, InterfaceError):
        return State(NO_ANSWER.reasons, disk_warnings())
    return State(warnings=warnings + disk_warnings() + cache_warnings())


def migrations_waiting() -> int:
    """Return how many migrations of this code are not applied."""
    return len(migrations_on_disk() - set(MigrationRecorder(connection).applied_migrations()))


@remember
def migrations_on_disk() -> set[tuple[str, str]]:
    """Return the migrations' apps and names, by their files: to load them takes time and memory."""
    return {
        (app.label, name)
        for app in apps.get_app_configs()
        if (package := MigrationLoader.migrations_module(app.label)[0])
        for name in names_of_modules(package)
    }


def names_of_modules(package: str) -> list[str]:
    """Return the modules of a package that do not begin with `_` or `~`, as `migrate` finds them."""
    try:
        folders = import_module(package).__path__
    except ModuleNotFoundError:  # an app without migrations
        return []
    return [name for _, name, is_package in iter_modules(folders)
            if not is_package and name[0] not in "_~"]  # fmt: skip


def worker_is_gone() -> bool:
    """Return whether due work has waited for more than five minutes."""
    before = timezone.now() - LATE
    is_due = Q(run_after=get_date_max()) | Q(run_after__lt=before)
    waits = Task.objects.ready().filter(is_due, enqueued_at__lt=before).exists()
    return waits or Schedule.objects.filter(due_at__lt=before).exists()


def disk_warnings() -> tuple[str, ...]:
    try:
        free = shutil.disk_usage(settings.DATA_DIR).free
    except OSError as error:
        return (f"the data folder cannot be looked at: {error.strerror}",)
    return ("the disk is full",) if free < settings.PARLEY_DISK_SPACE else ()


def cache_warnings() -> tuple[str, ...]:
    """Return a warning if the cache is away. It asks the cache: perhaps no request does."""
    try:
        failed = watch_of_cache.look().exception(DEADLINE_OF_CACHE)
    except TimeoutError:
        return CACHE_AWAY
    return CACHE_AWAY if failed or outage.cache.is_on else ()


def ask_cache() -> None:
    """Ask Redis. A cache in the database needs no question: it is away with the database."""
    if ping := getattr(caches[DEFAULT_CACHE_ALIAS], "ping", None):
        ping()


watch, watch_of_cache = Watch(look_and_let_go), Watch(ask_cache)


def alive() -> HttpResponse:
    """Answer 200 while the process runs."""
    return plain("alive\n")


def ready(found: State, *, strict: bool) -> HttpResponse:
    """Answer 200 if pages can be served, else 503, with a line for each problem.

    Problems that do not stop readers are only named, unless `strict`: otherwise a dead worker or a
    full disk would take every machine out of the load balancer.
    """
    wrong = found.reasons + found.warnings
    is_bad = bool(wrong if strict else found.reasons)
    lines = wrong if is_bad else ("ready", *wrong)
    return plain("".join(f"{line}\n" for line in lines), status=503 if is_bad else 200)


def plain(text: str, *, status: int = 200) -> HttpResponse:
    response = HttpResponse(text, content_type="text/plain", status=status)
    add_never_cache_headers(response)
    if status == 503:
        response["Retry-After"] = str(settings.PARLEY_OUTAGE_PAUSE)
    return response


class AnswerMonitors:
    """The first middleware: `/healthz`, `/readyz`, and `/readyz?strict` to alert people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        migrations_on_disk()  # now, so that the first request need not wait for it

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz":
            return alive()
        if request.path_info == "/readyz":
            return ready(found_in_time(), strict="strict" in request.META["QUERY_STRING"])
        return self.get_response(request)


def found_in_time() -> State:
    try:
        return watch.look().result(DEADLINE)
    except TimeoutError:
        return NO_ANSWER
