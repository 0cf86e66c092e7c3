"""The faults: what is done to the site, what visitors see, and whether the site holds."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.faults.processes import descendants
from benchmarks.faults.services import Service, create_database
from benchmarks.faults.stage import PASSWORD, Row, Stage
from benchmarks.faults.visitors import (
    Answer,
    Visitor,
    at_once,
    slow_readers,
    usual_time,
    wait_until,
)
from benchmarks.site import ROOT, Site

READERS = 16
SOON, AT_ONCE = 15.0, 2.0  # seconds
TEXT = "A long reply that nobody wants to type twice."
DAYS_AHEAD = 400


def hanging_redis(stage: Stage) -> Row:
    size = stage.log.stat().st_size
    with stage.services["cache"].hanging():
        entered = at_once(8, lambda: Visitor(stage.address).sign_in(PASSWORD))
        page = Visitor(stage.address).get("/")
        health = Visitor(stage.address).get("/healthz")
    lines, slowest = stage.lines_since(size), slowest_of(entered)
    inside = sum("login" not in answer.url for answer in entered)
    seen = (
        f"{inside} of 8 who sign in at once get in, the slowest after {slowest:.1f} s; "
        f"a page takes {page.seconds:.2f} s; {lines} lines in the log"
    )
    holds = inside == 8 and slowest < SOON and page.status == 200 and is_quick(health)
    return Row("23", "Redis hangs", seen, "none", holds and lines <= READERS)


def hanging_postgresql(stage: Stage) -> Row:
    visitor, path = Visitor(stage.address), made_anew(stage)
    form = visitor.form_of(path) | {"reply": TEXT, "name": "Nora"}
    size = stage.log.stat().st_size
    with stage.services["database"].hanging():
        health: list[Answer] = []
        monitor = threading.Timer(1, lambda: health.extend(monitored(stage)))
        monitor.start()
        first = at_once(READERS, lambda: Visitor(stage.address).get(path))
        monitor.join()
        second = Visitor(stage.address).get(path)
        kept = visitor.send(path, form, {})
    lines = stage.lines_since(size)
    back = back_after(stage)
    seen = (
        f"{READERS} readers at once get 503 after at most {slowest_of(first):.1f} s, the next one after "
        f"{second.seconds:.2f} s; a reply that is sent "
        f"{'stands in the answer' if TEXT in kept.text else 'is lost'}; "
        f"/healthz says {health[0].status} after {health[0].seconds:.2f} s, /readyz {health[1].status} "
        f"after {health[1].seconds:.2f} s; {lines} lines in the log"
    )
    refused = all(answer.status == 503 for answer in [*first, second, kept])
    holds = refused and slowest_of(first) < SOON and TEXT in kept.text and back is not None
    holds = holds and all(map(is_quick, health)) and lines <= READERS
    return Row("23", "PostgreSQL hangs", seen, f"{told(back)} after it goes on", holds)


def restarted_postgresql(stage: Stage) -> Row:
    """Restart as an upgrade does: connections are closed, and the server is back a second later."""
    home = stage.folder.parent / "postgresql"
    statuses: list[int] = []
    restart = threading.Thread(target=stage.services["database"].restart, args=(home,))
    restart.start()
    while restart.is_alive():
        statuses.append(Visitor(stage.address).get(made_anew(stage)).status)
    back = back_after(stage)
    wrong = [status for status in statuses if status not in {200, 503}]
    seen = (
        f"{statuses.count(200)} pages as ever, {statuses.count(503)} times 503, {len(wrong)} others"
    )
    return Row("23", "PostgreSQL is restarted", seen, told(back), back is not None and not wrong)


def clock_ahead(stage: Stage) -> Row:
    """Leave what a clock 400 days ahead would leave: schedules that are due then."""
    stage.site.call(
        "from background.models import Schedule; from datetime import timedelta as t; "
        f"from django.db.models import F; Schedule.objects.update(due_at=F('due_at') + t(days={DAYS_AHEAD}))"
    )
    ask = (
        "from background.models import Schedule; from django.utils.timezone import now; "
        "from datetime import timedelta as t; "
        "print(Schedule.objects.filter(due_at__gt=now() + t(days=32)).count())"
    )
    mended = wait_until(lambda: stage.site.call(ask).strip() == "0", SOON)
    seen = (
        "nothing; every schedule comes within its period again"
        if mended is not None
        else "nothing; no clean-up, no digest"
    )
    fault = f"The clock was {DAYS_AHEAD} days ahead (played: all schedules moved by so much)"
    return Row("24", fault, seen, told(mended), mended is not None)


def killed_main_process(stage: Stage) -> Row:
    """Kill the main process: all has ended then, so that systemd restarts it."""
    killed = stage.launcher.pid
    # Processes without a parent can be found only beforehand.
    stage.orphans.extend(descendants(stage.launcher.pid))
    os.kill(killed, signal.SIGKILL)

    def ended() -> bool:
        answers = Visitor(stage.address).get("/healthz", AT_ONCE).status == 200
        return stage.launcher.poll() is not None and not answers

    after = wait_until(ended)
    seen = "connections refused until it is started anew"
    if after is None:
        seen = "pages as ever, while no mail leaves and nothing can be started on that port"
    return Row("24", "kill -9 of the server's main process", seen, told(after), after is not None)


def two_first_starts(folder: Path, database: Service) -> Row:
    url = create_database(database, "twice", folder)
    starts = []
    for number in (1, 2):
        site = Site(str(folder / f"twice-{number}"))
        environment = {**site.environment, "DATABASE_URL": url, "PARLEY_PASSWORD": PASSWORD}
        command = [program_of_site(), "manage.py", "prepare"]
        starts.append(
            subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                text=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
        )
    begun = time.monotonic()
    said = [start.communicate()[0] for start in starts]
    codes, errors = (
        [start.returncode for start in starts],
        sum("Traceback" in text for text in said),
    )
    seen = f"they end with {codes[0]} and {codes[1]}, and show {errors} tracebacks"
    lasted = f"{time.monotonic() - begun:.0f} s"
    return Row("24", "Two first starts at once", seen, lasted, codes == [0, 0] and not errors)


def slow_readers_of_a_picture(stage: Stage) -> Row:
    path = "images/slow.webp"
    picture = stage.folder / "media" / path
    picture.write_bytes(os.urandom(9 * 2**20))
    before = usual_time(stage.address, "/")
    with slow_readers(stage.address, f"/media/{path}", 40):
        health = Visitor(stage.address).get("/healthz")
        during = usual_time(stage.address, "/")
    picture.unlink()
    seen = f"the front page takes {during * 1000:.0f} ms, and {before * 1000:.0f} ms without them"
    holds = is_quick(health) and during < before + 0.5
    return Row("26", "Forty slow readers of a 9 MB picture", seen, "none", holds)


def program_of_site() -> str:
    """Return the Python of the launcher's environment, which has the packages."""
    folder = Path(os.environ.get("PARLEY_VENV") or ROOT / ".venv")
    return str(folder / "bin" / "python")


def monitored(stage: Stage) -> list[Answer]:
    return [Visitor(stage.address).get(path) for path in ("/healthz", "/readyz")]


def back_after(stage: Stage) -> float | None:
    """Return the seconds until a page is there that is not kept in memory; None if it is not soon."""
    return wait_until(lambda: Visitor(stage.address).get(made_anew(stage)).status == 200)


def made_anew(stage: Stage) -> str:
    """Return the path of a page that needs the database each time: others are in memory."""
    return f"{stage.post}reply/"


def slowest_of(answers: list[Answer]) -> float:
    return max(answer.seconds for answer in answers)


def is_quick(answer: Answer) -> bool:
    return answer.status in {200, 503} and answer.seconds < AT_ONCE


def told(seconds: float | None) -> str:
    return f"{seconds:.1f} s" if seconds is not None else "for ever"


PLAYS: list[Callable[[Stage], Row]] = [
    slow_readers_of_a_picture,
    hanging_redis,
    hanging_postgresql,
    restarted_postgresql,
    clock_ahead,
    killed_main_process,  # the last, because nothing runs afterwards
]
