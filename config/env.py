"""The only reader of environment variables. Each one is documented on the function that reads it."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

import dj_database_url

from config.private import FOLDER, PASSAGE, make_private_folder, write_secret
from config.values import host_header, is_host, is_mailbox

BASE_DIR = Path(__file__).resolve().parent.parent
MINUTE = 60
MINUTES_OF_A_YEAR = 365 * 24 * 60
# With more of them a date leaves the calendar of computers.
DAYS_OF_A_CENTURY = 36_500
MOST_PROXIES = 100
MOST_SECONDS = 600
# Kilobytes: the longest reply, every sign of it escaped, and what Django takes of anybody.
LEAST_FORM, MOST_FORM = 128, 12 * 1024
MAIL_PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}
REDIS = {"redis", "rediss", "unix"}
TRUE_WORDS = ("1", "true", "yes", "on")
FALSE_WORDS = ("0", "false", "no", "off")
SHORTEST_KEY = 32
POSTGRESQL = {
    # A statement that comes for the sixth time on a connection is planned no more.
    "server_side_binding": True,
    "prepare_threshold": 5,
    # A server, or the way to it, that vanished without a word is given up after that time.
    "tcp_user_timeout": 10_000,  # milliseconds
    "keepalives_idle": 30,  # seconds
    "keepalives_interval": 10,
    "keepalives_count": 3,
}


class BadSetting(SystemExit):
    """An environment variable that cannot be used; its message is the one sentence people see."""


def flag(name: str) -> bool:
    """Whether the variable says yes (1, true, yes or on, in any capitals) and not no, or nothing."""
    return one_of(name, TRUE_WORDS + FALSE_WORDS, default="no") in TRUE_WORDS


def whole_number(name: str, *, default: int, most: int, least: int = 0) -> int:
    return within(name, os.environ.get(name, "").strip() or str(default), least=least, most=most)


def within(what: str, text: str, *, least: int, most: int) -> int:
    """The number that is written there, if it lies between the two."""
    if not text.isdecimal() or len(text) > 9 or not least <= int(text) <= most:
        raise BadSetting(f"{what} must be a whole number from {least} to {most}, not “{text}”.")
    return int(text)


def words(name: str, *, default: list[str]) -> list[str]:
    """The comma-separated parts of the variable, without empty ones."""
    given = [part.strip() for part in os.environ.get(name, "").split(",")]
    return [part for part in given if part] or default


def one_of(name: str, choices: tuple[str, ...], *, default: str) -> str:
    text = os.environ.get(name, "").strip().lower() or default
    if text not in choices:
        raise BadSetting(f"{name} must be one of {', '.join(choices)}, not “{text}”.")
    return text


def address(name: str, form: str, *, schemes: set[str]) -> SplitResult:
    """The parts of an address. What was given is not told again: it may hold a password."""
    wrong = BadSetting(f"{name} must be an address of the form {form}.")
    try:
        parts = urlsplit(os.environ.get(name, "").strip())
        is_sound = parts.scheme in schemes and parts.port != 0
    except ValueError:  # a bracket that is not closed, a port that is no number
        raise wrong from None
    if not is_sound:
        raise wrong
    return parts


def debug() -> bool:
    """`DJANGO_DEBUG`: developer's error pages; `./parley dev` sets it. Never in public."""
    return flag("DJANGO_DEBUG")


def data_dir() -> Path:
    """`PARLEY_DATA`: the folder for everything the running site writes; `var/` in the checkout by default."""
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
    return path.read_text(encoding="ascii").strip()


def allowed_hosts() -> list[str]:
    """`PARLEY_HOSTS`: the host names the site answers to, comma-separated; this machine's own by default."""
    names = words("PARLEY_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
    if wrong := [name for name in names if not is_host(name)]:
        raise BadSetting(
            f"PARLEY_HOSTS must be host names such as blog.example.org, not “{wrong[0]}”."
        )
    return [host_header(name) for name in names]


def https() -> bool:
    """`PARLEY_HTTPS`: the public address is https, so cookies are marked secure and http is redirected."""
    return flag("PARLEY_HTTPS")


def hsts() -> str:
    """`PARLEY_HSTS`: for which names browsers are told to use https alone (RFC 6797); none without https."""
    wanted = one_of("PARLEY_HSTS", ("off", "host", "subdomains", "preload"), default="host")
    return wanted if https() else "off"


def proxies() -> int:
    """`PARLEY_PROXIES`: how many reverse proxies of ours stand in front and append to X-Forwarded-For."""
    return whole_number("PARLEY_PROXIES", default=0, most=MOST_PROXIES)


def site_url() -> str:
    """`PARLEY_URL`: the site's public address, which mails lead to; else of the first of its hosts."""
    if given := os.environ.get("PARLEY_URL", "").strip().rstrip("/"):
        form = "https://blog.example.org"
        if not address("PARLEY_URL", form, schemes={"http", "https"}).hostname:
            raise BadSetting(f"PARLEY_URL must name a host, as {form} does.")
        if "?" in given or "#" in given:
            raise BadSetting(f"PARLEY_URL must end before any ? or #, as in {form}.")
        return given
    host = allowed_hosts()[0].removeprefix("*").removeprefix(".") or "localhost"
    port = "" if https() else ":" + (os.environ.get("PORT") or "8000")
    return f"{'https' if https() else 'http'}://{host}{port}"


def site_name() -> str:
    """`PARLEY_SITE_NAME`: what the site is called in titles, feeds and mails."""
    return os.environ.get("PARLEY_SITE_NAME") or "Samenspraak"


def site_language() -> str:
    """`PARLEY_LANGUAGE`: the site's own (nl, de or en), where a reader asks for none we have."""
    return one_of("PARLEY_LANGUAGE", ("en", "nl", "de"), default="en")


def time_zone() -> str:
    """`PARLEY_TIME_ZONE`: in which times are shown and permalinks dated, by its tz database name."""
    name = os.environ.get("PARLEY_TIME_ZONE") or "Europe/Amsterdam"
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):  # unknown, no name at all, or a folder of the database
        raise BadSetting(
            f"PARLEY_TIME_ZONE must be a name such as Europe/Amsterdam, not “{name}”."
        ) from None


def comment_policy() -> str:
    """`PARLEY_COMMENT_POLICY`: who may reply where a post does not say.

    One of open, held, confirmed, accounts and closed.
    """
    choices = ("open", "held", "confirmed", "accounts", "closed")
    return one_of("PARLEY_COMMENT_POLICY", choices, default="open")


def edit_window() -> int:
    """`PARLEY_EDIT_WINDOW`: for how many minutes a guest's browser may change a reply it sent."""
    return whole_number("PARLEY_EDIT_WINDOW", default=15, most=MINUTES_OF_A_YEAR)


def close_after() -> int:
    """`PARLEY_CLOSE_AFTER`: after how many days a post takes no more replies; 0 keeps them open."""
    return whole_number("PARLEY_CLOSE_AFTER", default=0, most=DAYS_OF_A_CENTURY)


def form_kilobytes() -> int:
    """`PARLEY_FORM_KB`: how much a form without a picture may weigh; the longest reply weighs 120 kB."""
    given = os.environ.get("PARLEY_FORM_KB", "").strip() or "256"
    return within("PARLEY_FORM_KB", given, least=LEAST_FORM, most=MOST_FORM)


def akismet_key() -> str:
    """`PARLEY_AKISMET_KEY`: have Akismet look at replies too; without it no text leaves the site."""
    return os.environ.get("PARLEY_AKISMET_KEY", "").strip()


def database(data: Path) -> dict[str, object]:
    """`DATABASE_URL`: postgresql://user:password@host/name; without it SQLite in the data folder."""
    if os.environ.get("DATABASE_URL"):
        return _postgresql()
    return {
        "ENGINE": "config.sqlite",
        "NAME": data / "parley.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;"
                "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;"
            ),
        },
    }


def _postgresql() -> dict[str, object]:
    form = "postgresql://user:password@host/name"
    address("DATABASE_URL", form, schemes={"postgresql", "postgres"})
    try:
        url = os.environ["DATABASE_URL"].strip()
        given = dj_database_url.parse(
            url, engine="config.postgresql", conn_max_age=10 * MINUTE, conn_health_checks=True
        )
    except ValueError:  # what follows a question mark
        raise BadSetting(f"DATABASE_URL must be an address of the form {form}.") from None
    if not given["NAME"] and "service" not in given.get("OPTIONS", {}):
        raise BadSetting(f"DATABASE_URL must name a database, as {form} does.")
    connecting = {"connect_timeout": database_timeout()}
    return {**given, "OPTIONS": POSTGRESQL | connecting | given.get("OPTIONS", {})}


def database_timeout() -> int:
    """`PARLEY_DATABASE_TIMEOUT`: for how many seconds a page waits for PostgreSQL, each time it asks."""
    return whole_number("PARLEY_DATABASE_TIMEOUT", default=5, least=1, most=MOST_SECONDS)


def cache_timeout() -> int:
    """`PARLEY_CACHE_TIMEOUT`: for how many seconds a page waits for Redis, each time it asks."""
    return whole_number("PARLEY_CACHE_TIMEOUT", default=1, least=1, most=MOST_SECONDS)


def outage_pause() -> int:
    """`PARLEY_OUTAGE_PAUSE`: for how many seconds a database or cache that did not answer is left alone."""
    return whole_number("PARLEY_OUTAGE_PAUSE", default=5, least=1, most=MOST_SECONDS)


def least_disk_space() -> int:
    """`PARLEY_DISK_SPACE`: below how many free megabytes in the data folder `/readyz` complains."""
    return whole_number("PARLEY_DISK_SPACE", default=200, most=10**9 - 1) * 2**20


def cache() -> dict[str, object]:
    """`CACHE_URL`: redis://host:port/number; without it a table in the database, shared by all workers."""
    options = {"timeout": cache_timeout()}
    if url := os.environ.get("CACHE_URL", "").strip():
        address("CACHE_URL", "redis://host:port/number", schemes=REDIS)
        return {"BACKEND": "config.redis.RedisCache", "LOCATION": url, "OPTIONS": options}
    return {"BACKEND": "config.database_cache.DatabaseCache", "LOCATION": "cache"}


def email(data: Path) -> dict[str, object]:
    """`EMAIL_URL`: smtp://, smtps:// (TLS from the start) or smtp+tls:// (STARTTLS).

    Without it, mails are files in `mail/` of the data folder.
    """
    if not os.environ.get("EMAIL_URL"):
        return {"EMAIL_FILE_PATH": _mail_folder(data)}
    form = "smtp://, smtps:// or smtp+tls://user:password@host:port"
    parts = address("EMAIL_URL", form, schemes=set(MAIL_PORTS))
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    timeout = asked.pop("timeout", "10")
    if asked or parts.fragment:
        raise BadSetting(
            "EMAIL_URL must have nothing but a timeout after its port, as ?timeout=10."
        )
    return {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": within("The timeout of EMAIL_URL", timeout, least=1, most=MOST_SECONDS),
    }


def _mail_folder(data: Path) -> Path:
    try:
        return make_private_folder(data / "mail")
    except OSError as error:
        raise BadSetting(f"The data folder {data} cannot be written: {error.strerror}.") from None


def mail_transport() -> str:
    """What hands mails over, as `EMAIL_URL` says: Django's backend for SMTP, or that for files."""
    kind = "smtp" if os.environ.get("EMAIL_URL") else "filebased"
    return f"django.core.mail.backends.{kind}.EmailBackend"


def sender() -> str:
    """`PARLEY_MAIL_FROM`: the address mails come from."""
    given = os.environ.get("PARLEY_MAIL_FROM", "").strip() or "Samenspraak <noreply@localhost>"
    if not is_mailbox(given):
        raise BadSetting(
            "PARLEY_MAIL_FROM must be one address such as My blog <blog@example.org>, "
            "with quotation marks around a name that has a comma."
        )
    return given


def log_format() -> str:
    """`PARLEY_LOG`: whether what is logged are lines for people, or json for programs, one object a line."""
    return one_of("PARLEY_LOG", ("line", "json"), default="line")


def access_log() -> bool:
    """`PARLEY_ACCESS_LOG`: log each request, with the address that `PARLEY_PROXIES` leads to."""
    return flag("PARLEY_ACCESS_LOG")


def first_password() -> str:
    """`PARLEY_PASSWORD`: of the first administrator, read when the first start makes that account."""
    return os.environ.get("PARLEY_PASSWORD", "")
