"""django-comments-xtd on a Django flat page, which shows the thread as its guide says.

It does not split a thread into pages (https://github.com/danirus/django-comments-xtd/issues/160): a
reader waits for all of it, and a permalink leads to that page.
"""

from __future__ import annotations

from benchmarks.site import ROOT
from benchmarks.thread.peers.program import Program

SETTINGS = "benchmarks.thread.peers.xtd.settings"
WSGI = "django.core.wsgi:get_wsgi_application"


class Xtd(Program):
    name = "django-comments-xtd 2.10.13"
    packages = ("django-comments-xtd==2.10.13", "django==5.2.19", "waitress==3.0.2")
    mark = 'class="content '
    asked = {
        "all, flat ({% render_comment_list %}); a permalink": "/giant/?flat=yes",
        "all, as a tree ({% render_xtdcomment_tree %}); a permalink": "/giant/",
    }

    @property
    def command(self) -> list[str]:
        listen = f"--listen=127.0.0.1:{self.port}"
        return [self.program("waitress-serve"), listen, "--call", WSGI]

    def load(self) -> None:
        database = str(self.folder / "xtd.sqlite3")
        self.environment |= {"DJANGO_SETTINGS_MODULE": SETTINGS, "XTD_DATABASE": database}
        self.environment |= {"PYTHONPATH": str(ROOT)}
        self.run("django-admin", "migrate", "--verbosity", "0")
        self.run("python", "-m", "benchmarks.thread.peers.xtd.load", str(self.content))
