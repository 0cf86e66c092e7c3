"""The nginx part of docs/running.md, played with nginx and a certificate of our own."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from email.message import Message
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "running.md"
HOST, PASSWORD = "blog.example.org", "correct horse"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = pytest.mark.skipif(not (NGINX and shutil.which("openssl")), reason="needs nginx")
FRAME = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}
http {{ access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b;
fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
{servers} }}
"""


class Answer(NamedTuple):
    status: int
    headers: Message
    text: str


@dataclass
class Browser:
    """What asks nginx; `authority` is what stands in its address bar."""

    port: int
    authority: str
    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        cookies = "; ".join(f"{name}={kept.value}" for name, kept in self.cookies.items())
        headers = {"Host": self.authority, "Cookie": cookies}
        if form:
            headers |= {"Origin": f"https://{self.authority}"}
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        line = http.client.HTTPSConnection("127.0.0.1", self.port, context=context)
        answer = answer_to(line, "POST" if form else "GET", path, urlencode(form or {}), headers)
        for header in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(header)
        return answer

    def sign_in(self) -> Answer:
        token = re.search(r'"csrfmiddlewaretoken" value="(\w+)"', self.ask("/accounts/login/").text)
        assert token
        typed = {"csrfmiddlewaretoken": token[1], "login": "ada", "password": PASSWORD}
        return self.ask("/accounts/login/", typed)


def answer_to(line: http.client.HTTPConnection, *request: Any) -> Answer:
    with closing(line):
        line.request(*request)
        with line.getresponse() as answer:
            return Answer(answer.status, answer.headers, answer.read().decode())


@pytest.fixture
def ports(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """Where nginx listens for http and for https; the site is behind it, on port 8443 of the world."""
    plain, secure, upstream = free_ports(3)
    environment = {name: value for name, value in os.environ.items() if "_URL" not in name}
    environment |= {
        "PARLEY_DATA": str(tmp_path / "data"),
        "PARLEY_HOSTS": HOST,
        "PARLEY_HTTPS": "1",
        "PARLEY_PROXIES": "1",
        "PARLEY_URL": f"https://{HOST}:8443",
        "DJANGO_DEBUG": "1",
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }
    who = ["--noinput", "--username", "ada", "--email", "ada@example.org"]
    for command in (["migrate"], ["createcachetable"], ["createsuperuser", *who]):
        assert manage(*command, env=environment).wait() == 0
    config = nginx_config(tmp_path, plain=plain, secure=secure, upstream=upstream)
    with ExitStack() as running:
        site = manage("runserver", "--noreload", str(upstream), env=environment)
        run_until_the_end(running, site)
        proxy = subprocess.Popen([str(NGINX), "-c", str(config)])
        run_until_the_end(running, proxy)
        wait_for(upstream, site)
        wait_for(secure, proxy)
        yield plain, secure


def manage(*command: str, env: dict[str, str]) -> subprocess.Popen[bytes]:
    program = [sys.executable, "manage.py", *command]
    return subprocess.Popen(program, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)


def run_until_the_end(running: ExitStack, process: subprocess.Popen[bytes]) -> None:
    running.callback(process.wait)
    running.callback(process.terminate)


def free_ports(number: int) -> list[int]:
    with ExitStack() as held:
        sockets = [
            held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(number)
        ]
        return [one.getsockname()[1] for one in sockets]


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until it answers, or has ended without doing so."""
    while process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    pytest.fail(f"{process.args!r} ended with {process.returncode}")


def nginx_config(folder: Path, *, plain: int, secure: int, upstream: int) -> Path:
    """The documented one, with ports and files that an ordinary user of this machine has."""
    (documented,) = re.findall(r"```nginx\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    servers = re.sub(r"listen \[::\].*;\n", "", documented)
    servers = servers.replace("listen 80;", f"listen 127.0.0.1:{plain};")
    servers = servers.replace("listen 443 ", f"listen 127.0.0.1:{secure} ")
    servers = servers.replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
    servers = servers.replace("/etc/letsencrypt/live/blog.example.org", str(folder))
    servers = servers.replace("/var/lib/parley", str(folder / "data"))
    key, certificate = folder / "privkey.pem", folder / "fullchain.pem"
    make = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={HOST} -keyout".split()
    subprocess.run([*make, str(key), "-out", str(certificate)], check=True, capture_output=True)
    config = folder / "nginx.conf"
    config.write_text(FRAME.format(folder=folder, servers=servers), encoding="utf-8")
    return config


def test_somebody_signs_in_over_https_on_any_port(ports: tuple[int, int]) -> None:
    plain, secure = ports
    for authority in (HOST, f"{HOST}:8443"):
        browser = Browser(secure, authority)
        answer = browser.sign_in()
        assert (answer.status, answer.headers["Location"]) == (302, "/")
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert all(cookie["secure"] for cookie in browser.cookies.values())
        assert f"https://{authority}/" in browser.ask("/").text
    line = http.client.HTTPConnection("127.0.0.1", plain)
    answer = answer_to(line, "GET", "/2011/05/?page=2", None, {"Host": HOST})
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/2011/05/?page=2")
