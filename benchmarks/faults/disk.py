"""A full disk: a small one in memory, which only root may mount."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image

from benchmarks.faults.stage import PASSWORD, Row, Stage, staged
from benchmarks.faults.visitors import Answer, Visitor
from benchmarks.site import ROOT, Site

SIZE = "160m"


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "parley-faults", folder], check=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path) -> None:
    """Fill the disk to the last byte."""
    with (folder / "filler").open("wb", buffering=0) as file:
        for piece in (2**20, 2**10, 1):
            try:
                while file.write(bytes(piece)) == piece:
                    pass
            except OSError:
                continue


def full_disk(folder: Path) -> list[Row]:
    """Return the results for a running site, and for one that starts for the first time."""
    if os.geteuid() != 0:
        return [Row("25", "A full disk", "not played: only root may mount a small one", "", True)]
    with small_disk(folder / "disk") as disk, staged(disk) as stage:
        rows = [running_site(stage, disk)]
    with small_disk(folder / "first") as disk:
        rows.append(first_start(disk))
    return rows


def running_site(stage: Stage, disk: Path) -> Row:
    visitor = Visitor(stage.address)
    visitor.sign_in(PASSWORD)
    form = "/admin/images/image/add/"
    fields = visitor.form_of(form) | {"name": "Fog", "alt": "Fog"}
    fill(disk)
    before = files_below(disk / "media")
    page = Visitor(stage.address).get("/")
    entered = Visitor(stage.address).sign_in(PASSWORD)
    sent = visitor.send(form, fields, {"picture": picture()})
    ready = Visitor(stage.address).get("/readyz")
    left = files_below(disk / "media") - before
    (disk / "filler").unlink()
    again = Visitor(stage.address).sign_in(PASSWORD)
    said = re.sub(r"<[^>]*>", " ", sent.text)
    told = "disk is full" in said or sent.status == 503
    seen = (
        f"pages answer {page.status}; the right password {how_entered(entered)}, and once there is room "
        f"it {how_entered(again)}; an upload answers {sent.status} and leaves {len(left)} files; "
        f"/readyz says “{' / '.join(ready.text.split(chr(10))[:-1])}”"
    )
    refused = "too many" in entered.text.lower() or "too often" in entered.text.lower()
    holds = page.status == 200 and not refused and told and not left and "login" not in again.url
    return Row(
        "25",
        "The disk is full (SQLite)",
        seen,
        "until there is room",
        holds and "disk" in ready.text,
    )


def how_entered(answer: Answer) -> str:
    return f"is answered with {answer.status}" if "login" in answer.url else "lets in"


def first_start(disk: Path) -> Row:
    fill(disk)
    site = Site(str(disk / "site"))
    done = subprocess.run(
        ["./parley", "serve"],
        cwd=ROOT,
        env=site.environment,
        text=True,
        capture_output=True,
        timeout=90,
        check=False,
    )
    (disk / "filler").unlink()
    lines, left = done.stderr.strip().splitlines(), files_below(disk)
    said = (lines[-1] if lines else "nothing").replace(str(disk / "site"), "…")
    seen = f"it ends with {done.returncode} and says, in {len(lines)} line(s): {said}"
    holds = (
        done.returncode != 0 and len(lines) == 1 and not any(p.stat().st_size == 0 for p in left)
    )
    return Row("25", "A first start on a full disk", seen, "at once", holds)


def files_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def picture() -> bytes:
    buffer = BytesIO()
    Image.effect_noise((900, 700), 80).save(buffer, "PNG")
    return buffer.getvalue()
