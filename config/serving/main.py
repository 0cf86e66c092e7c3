"""The main process of the server: Gunicorn's, which loads the site once and forks its processes.

Forked processes share the memory of what was loaded before: those that answer requests, by uvicorn
on uvloop, and one for background work (`manage.py work`), if it is wanted.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
import resource
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from django.core.management import call_command
from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from uvicorn.server import Server
from uvicorn_worker import UvicornWorker

from config.serving.children import become_child
from config.serving.protocol import TICK, Connection
from config.serving.server import application
from config.serving.warming import warm
from pagecache.keeping import forget_in_front

PATIENCE = 10  # seconds in which requests that run may end
PATIENCE_FOR_TASK = 15  # seconds; a task that is interrupted runs again
HUNG = 60  # seconds without a sign of life from a process
RESPAWN_PAUSE, LOOK = 1, 0.05  # seconds
MOST_FILES = 65_536
BACKLOG = 2048  # connections that wait, as Gunicorn's
MEMORY = Path("/dev/shm")  # noqa: S108 - for Gunicorn's files, which then need no room on a disk
logger = logging.getLogger(__name__)


class Log(Logger):
    """Leaves Gunicorn's and uvicorn's lines to the site's own log: errors alone."""

    def setup(self, cfg: Any) -> None:
        for log in (self.error_log, logging.getLogger("uvicorn.error")):
            log.propagate = True
            log.setLevel(logging.ERROR)


class WebProcess(UvicornWorker):
    """A process that answers requests, those that come to one of the sockets."""

    place = 0
    CONFIG_KWARGS = {
        "loop": "uvloop",
        "http": Connection,
        "ws": "none",
        "interface": "asgi3",
        "lifespan": "on",
        # The site itself reads what proxies say (`PARLEY_PROXIES`).
        "proxy_headers": False,
        "server_header": False,
        "access_log": False,
        "callback_notify": None,
        "timeout_graceful_shutdown": PATIENCE - 2,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.log.setup(self.cfg)  # again, after uvicorn

    def init_process(self) -> None:
        become_child("parley-web", self.ppid, signal.SIGKILL)
        gc.enable()
        super().init_process()

    async def _serve(self) -> None:
        self.config.app = self.wsgi
        server = Server(self.config)
        self._install_sigquit_handler()
        tending = asyncio.create_task(self.tend(server))
        await server.serve(sockets=self.sockets)
        tending.cancel()

    async def tend(self, server: Server) -> NoReturn:
        """Tell the main process that this one lives, and close connections that wait too long."""
        while True:
            self.notify()
            for connection in list(server.server_state.connections):
                connection.grow_older()  # type: ignore[union-attr]  # all are ours
            await asyncio.sleep(TICK)


class MainProcess(Arbiter):
    """Starts the processes anew that died, and ends them with itself.

    It alone hears of Ctrl-C and of a closed terminal, as each process has a session of its own.
    """

    handle_int = handle_quit = handle_hup = Arbiter.handle_term

    def ignore(self) -> None:
        """Do nothing: there are as many processes as sockets, and a new program starts by a restart."""

    handle_ttin = handle_ttou = handle_usr2 = ignore

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.has_background_work = site.has_background_work
        self.background_process = 0
        self.started_at = 0.0

    def start(self) -> None:
        super().start()
        forget_in_front()  # pages that an earlier version of the site made
        self.LISTENERS += siblings(self.LISTENERS[0], self.num_workers - 1)
        connections.close_all()
        gc.freeze()  # so that no collection writes to memory that is shared

    def manage_workers(self) -> None:
        super().manage_workers()
        is_due = time.monotonic() > self.started_at + RESPAWN_PAUSE
        if self.has_background_work and is_due and not is_running(self.background_process):
            self.started_at = time.monotonic()
            self.background_process = self.fork_background_work()

    def fork_background_work(self) -> int:
        """Return the id of a new process. In that process it never returns."""
        main = os.getpid()
        # One that comes before the child has its own handlers would be taken by those of this one.
        signal.pthread_sigmask(signal.SIG_BLOCK, self.SIGNALS)
        if child := os.fork():
            signal.pthread_sigmask(signal.SIG_UNBLOCK, self.SIGNALS)
            return child
        try:
            for listener in self.LISTENERS:
                listener.close()
            for number in self.SIGNALS:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, self.SIGNALS)
            become_child("parley-work", main, signal.SIGTERM)
            gc.enable()
            call_command("work")
        except Exception:
            logger.exception("Background work has failed, and begins anew")
        finally:
            os._exit(1)  # never back into the main process's loop

    def stop(self, graceful: bool = True) -> None:
        has_background_work, self.has_background_work = self.has_background_work, False
        if has_background_work and is_running(self.background_process):
            os.kill(self.background_process, signal.SIGTERM)
        super().stop(graceful)
        until = time.monotonic() + PATIENCE_FOR_TASK
        while has_background_work and is_running(self.background_process):
            if time.monotonic() > until:
                os.kill(self.background_process, signal.SIGKILL)
            time.sleep(LOOK)


class Site(BaseApplication):
    """What Gunicorn runs. `bind` is an address with its port, or `fd://` and a number."""

    def __init__(self, *, bind: str, processes: int, has_background_work: bool) -> None:
        self.has_background_work = has_background_work
        self.options = {
            "bind": bind,
            "workers": processes,
            "worker_class": WebProcess,
            "preload_app": True,
            "logger_class": Log,
            "timeout": HUNG,
            "graceful_timeout": PATIENCE,
            "worker_tmp_dir": str(MEMORY) if os.access(MEMORY, os.W_OK) else None,
            "control_socket_disable": True,
            "pre_fork": give_place,
            "post_fork": keep_own_socket,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        allow_many_connections()
        warm()
        return application

    def run(self) -> None:
        MainProcess(self).run()


def allow_many_connections() -> None:
    """Open as many files as the system allows: 1,024, a usual limit, is soon reached by slow clients."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if most == resource.RLIM_INFINITY else min(most, MOST_FILES)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def siblings(first: Any, more: int) -> list[socket.socket]:
    """Return more sockets that listen at the same address: Linux shares connections among them.

    Those who listen at one socket do not share: the first to wake up takes all that wait. As the
    main process holds the sockets, none who waits is lost when a process dies, and as the first
    was bound without SO_REUSEPORT, no other program listens here.
    """
    if sys.platform != "linux" or first.family == socket.AF_UNIX:
        return []
    first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    found = [socket.socket(first.family, socket.SOCK_STREAM) for _ in range(more)]
    for one in found:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        one.bind(first.getsockname())
        one.setblocking(False)
        one.listen(BACKLOG)
    return found


def give_place(main: MainProcess, process: WebProcess) -> None:
    """Give a new process the socket of one that has ended."""
    taken = {other.place for other in main.WORKERS.values()}
    places = range(len(main.LISTENERS))
    process.place = next((place for place in places if place not in taken), 0)


def keep_own_socket(main: MainProcess, process: WebProcess) -> None:
    """Close the sockets of the others in a new process."""
    process.sockets = [main.LISTENERS[process.place]]
    for listener in main.LISTENERS:
        if listener not in process.sockets:
            listener.close()


def is_running(child: int) -> bool:
    """Return whether the child has not ended; 0 is no child."""
    try:
        return bool(child) and os.waitpid(child, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return False
