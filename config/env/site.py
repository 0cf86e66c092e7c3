"""The settings of a site and its behaviour, one variable each."""

from __future__ import annotations

import os
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from zoneinfo import ZoneInfo

from config.env.reading import (
    BadSetting,
    address,
    flag,
    if_set,
    one_of,
    whole_number,
    within,
    words,
)
from config.file_modes import FOLDER, PASSAGE, make_private_folder, write_secret
from config.values import host_header, is_host, network
from site_settings.bounds import DAYS_OF_A_CENTURY, MINUTES_OF_A_YEAR, is_line

BASE_DIR = Path(__file__).resolve().parent.parent.parent
MOST_PROXIES = 100
MOST_PAGE_CACHE = 64 * 1024  # megabytes
# Kilobytes: the longest reply with every character escaped, and Django's limit for any form.
LEAST_FORM, MOST_FORM = 128, 12 * 1024
SHORTEST_KEY = 32


def debug() -> bool:
    """`DJANGO_DEBUG`: show error pages for developers; `./parley dev` sets it. Never in public."""
    return flag("DJANGO_DEBUG")


def data_dir() -> Path:
    """`PARLEY_DATA`: the folder for all that the running site writes; by default the checkout's `var/`."""
    path = Path(os.environ.get("PARLEY_DATA") or BASE_DIR / "var").expanduser().resolve()
    try:
        return make_private_folder(path, parents=True, most=FOLDER | PASSAGE)
    except OSError as error:
        raise BadSetting(f"The data folder {path} cannot be made: {error.strerror}.") from None


def secret_key(data: Path) -> str:
    """`PARLEY_SECRET_KEY`, or the key that the first start keeps in the data folder (mode 0600).

    Several machines that serve one site must share one key.
    """
    if given := os.environ.get("PARLEY_SECRET_KEY"):
        if len(given) < SHORTEST_KEY:
            raise BadSetting(f"PARLEY_SECRET_KEY must have at least {SHORTEST_KEY} characters.")
        return given
    path = data / "secret_key"
    if not path.exists():
        try:
            write_secret(path)
        except OSError as error:
            raise BadSetting(
                f"The data folder {data} cannot be written: {error.strerror}."
            ) from None
    try:
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise BadSetting(f"The key in {path} cannot be read: {reason}.") from None
    if not key:
        raise BadSetting(f"The key in {path} cannot be read: the file is empty.")
    return key


def allowed_hosts() -> list[str]:
    """`PARLEY_HOSTS`: the site's host names, comma-separated; by default those of this machine."""
    names = words("PARLEY_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
    if wrong := [name for name in names if not is_host(name)]:
        raise BadSetting(
            f"PARLEY_HOSTS must be host names such as blog.example.org, not “{wrong[0]}”."
        )
    return [host_header(name) for name in names]


def https() -> bool:
    """`PARLEY_HTTPS`: the public address is https: cookies are secure, and http redirects."""
    return flag("PARLEY_HTTPS")


def hsts() -> str:
    """`PARLEY_HSTS`: the names for which browsers use https only (RFC 6797); "off" without https."""
    wanted = one_of("PARLEY_HSTS", ("off", "host", "subdomains", "preload"), default="host")
    return wanted if https() else "off"


def proxies() -> int:
    """`PARLEY_PROXIES`: the number of our reverse proxies in front that append to X-Forwarded-For."""
    return whole_number("PARLEY_PROXIES", default=0, most=MOST_PROXIES)


def page_cache() -> int:
    """`PARLEY_PAGE_CACHE`: the megabytes (MiB) of pages that each process keeps in memory; 0: none.

    None by default while the site is developed, so that a changed template shows at once.
    """
    return whole_number("PARLEY_PAGE_CACHE", default=0 if debug() else 64, most=MOST_PAGE_CACHE)


def metrics() -> list[IPv4Network | IPv6Network]:
    """`PARLEY_METRICS`: the addresses and networks that may ask for `/metrics`; by default none."""
    names = words("PARLEY_METRICS", default=[])
    networks = {name: network(name) for name in names}
    if wrong := [name for name in names if networks[name] is None]:
        raise BadSetting(
            "PARLEY_METRICS must be addresses or networks such as 127.0.0.1 or 10.0.0.0/8, "
            f"not “{wrong[0]}”."
        )
    return [found for found in networks.values() if found]


def site_url() -> str:
    """`PARLEY_URL`: the site's public address, to which mails link; by default of its first host."""
    if given := os.environ.get("PARLEY_URL", "").strip().rstrip("/"):
        form = "https://blog.example.org"
        parts = address("PARLEY_URL", form, schemes={"http", "https"})
        if not parts.hostname:
            raise BadSetting(f"PARLEY_URL must name a host, as {form} does.")
        if "@" in parts.netloc:
            raise BadSetting(f"PARLEY_URL must have no user and no password, as in {form}.")
        if "?" in given or "#" in given:
            raise BadSetting(f"PARLEY_URL must end before any ? or #, as in {form}.")
        return given
    host = allowed_hosts()[0].removeprefix("*").removeprefix(".") or "localhost"
    port = "" if https() else ":" + (os.environ.get("PORT") or "8000")
    return f"{'https' if https() else 'http'}://{host}{port}"


def site_name() -> str | None:
    """`PARLEY_SITE_NAME`: the site's name in titles, feeds and mails."""
    return if_set("PARLEY_SITE_NAME", _line)


def _line(name: str) -> str:
    text = os.environ[name].strip()
    if not is_line(text):
        raise BadSetting(f"{name} must be one line without control characters.")
    return text


def site_language() -> str | None:
    """`PARLEY_LANGUAGE`: the site's language (nl, de or en), if readers ask for no other of ours."""
    return if_set("PARLEY_LANGUAGE", lambda name: one_of(name, ("en", "nl", "de")))


def time_zone() -> str | None:
    """`PARLEY_TIME_ZONE`: the time zone (tz database name) of shown times and permalinks."""
    return if_set("PARLEY_TIME_ZONE", _zone)


def _zone(name: str) -> str:
    zone = os.environ[name]
    try:
        return ZoneInfo(zone).key
    except (KeyError, ValueError, OSError):  # unknown, no name at all, or a folder of the database
        raise BadSetting(f"{name} must be a name such as Europe/Amsterdam, not “{zone}”.") from None


def comment_policy() -> str | None:
    """`PARLEY_COMMENT_POLICY`: who may reply to posts that do not say.

    One of open, held, confirmed, accounts and closed.
    """
    choices = ("open", "held", "confirmed", "accounts", "closed")
    return if_set("PARLEY_COMMENT_POLICY", lambda name: one_of(name, choices))


def edit_window() -> int | None:
    """`PARLEY_EDIT_WINDOW`: the minutes in which a guest's browser may change a reply it sent."""
    most = MINUTES_OF_A_YEAR
    return if_set("PARLEY_EDIT_WINDOW", lambda name: whole_number(name, most=most))


def close_after() -> int | None:
    """`PARLEY_CLOSE_AFTER`: the days after which a post takes no more replies; 0 keeps posts open."""
    most = DAYS_OF_A_CENTURY
    return if_set("PARLEY_CLOSE_AFTER", lambda name: whole_number(name, most=most))


def form_kilobytes() -> int:
    """`PARLEY_FORM_KB`: the most kilobytes of a form without a picture; the longest reply has 120."""
    given = os.environ.get("PARLEY_FORM_KB", "").strip() or "256"
    return within("PARLEY_FORM_KB", given, least=LEAST_FORM, most=MOST_FORM)


def akismet_key() -> str:
    """`PARLEY_AKISMET_KEY`: have Akismet check replies too; without it no text leaves the site."""
    return os.environ.get("PARLEY_AKISMET_KEY", "").strip()


def log_format() -> str:
    """`PARLEY_LOG`: the log's format: "line" for people, "json" for programs, one object a line."""
    return one_of("PARLEY_LOG", ("line", "json"), default="line")


def access_log() -> bool:
    """`PARLEY_ACCESS_LOG`: log each request, with the client address by `PARLEY_PROXIES`."""
    return flag("PARLEY_ACCESS_LOG")


def first_password() -> str:
    """`PARLEY_PASSWORD`: the first administrator's password, read when that account is made."""
    return os.environ.get("PARLEY_PASSWORD", "")
