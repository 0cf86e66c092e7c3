"""nginx (`apt install nginx`) with the very bytes of pages in files: the limit of this machine."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import Request, urlopen

from benchmarks.reading.compare import Server
from benchmarks.site import free_port, running

CONFIGURATION = """\
daemon off; worker_processes auto; {user} pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 768; }}
http {{
  include /etc/nginx/mime.types; default_type text/html; access_log off;
  sendfile on; tcp_nopush on; keepalive_requests 1000000000;
  open_file_cache max=100 inactive=60s; open_file_cache_valid 60s; open_file_cache_min_uses 1;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; root {folder}; gzip_static on; }}
}}
"""


@contextmanager
def serving(pages: dict[str, str]) -> Iterator[Server]:
    """Serve what is at these addresses now, in gzip, from files."""
    with TemporaryDirectory(prefix="parley-nginx-") as name:
        folder, port = Path(name), free_port()
        for page, address in pages.items():
            (folder / f"{page}.html.gz").write_bytes(compressed(address))
        user = "user root;" if os.geteuid() == 0 else ""
        text = CONFIGURATION.format(folder=folder, port=port, user=user)
        (folder / "nginx.conf").write_text(text)
        command = ["nginx", "-p", name, "-c", str(folder / "nginx.conf")]
        base = f"http://127.0.0.1:{port}"
        with running(command, base, dict(os.environ)) as server:
            yield Server("nginx", server.pid, {page: f"{base}/{page}.html" for page in pages})


def compressed(address: str) -> bytes:
    """Return the bytes of a page as the site sends them, which must be gzip."""
    with urlopen(Request(address, headers={"Accept-Encoding": "gzip"}), timeout=60) as answer:
        body = answer.read()
    gzip.decompress(body)
    return bytes(body)
