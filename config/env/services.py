"""The services that a site uses, one variable each: database, cache and mail."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from urllib.parse import parse_qsl, unquote

import dj_database_url

from config.env.reading import BadSetting, address, whole_number, within
from config.file_modes import make_private_folder
from config.values import is_mailbox

MINUTE = 60
MOST_SECONDS = 600
MAIL_PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}
REDIS = {"redis", "rediss", "unix"}
POSTGRESQL = {
    # PostgreSQL plans a statement no more when a connection sends it for the sixth time.
    "server_side_binding": True,
    "prepare_threshold": 5,
    # The time after which a server or network that fell silent counts as gone.
    "tcp_user_timeout": 10_000,  # milliseconds
    "keepalives_idle": 30,  # seconds
    "keepalives_interval": 10,
    "keepalives_count": 3,
}

OTHER_OPTIONS = {"server_side_binding", "prepare_threshold", "assume_role"}
NUMBERS = {name for name in POSTGRESQL if name != "server_side_binding"} | {
    "connect_timeout",
    "keepalives",
}


def change_log(data: Path) -> Path:
    """Return the file by which the processes of this machine tell each other of changes.

    With SQLite it is one for all that share the data folder, as they share the database's own
    memory. With PostgreSQL the folder may be on a network, so each machine has its own.
    """
    machine = f"-{socket.gethostname()}" if os.environ.get("DATABASE_URL") else ""
    return data / "run" / f"changes-1{machine}"


def figures(data: Path) -> Path:
    """Return the file in which the processes of this machine count, for `/metrics`."""
    return change_log(data).with_name(change_log(data).name.replace("changes", "figures"))


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
    except ValueError:  # options after a question mark that cannot be read
        raise BadSetting(f"DATABASE_URL must be an address of the form {form}.") from None
    if not given["NAME"] and "service" not in given.get("OPTIONS", {}):
        raise BadSetting(f"DATABASE_URL must name a database, as {form} does.")
    options = given.get("OPTIONS", {})
    _check_options(options)
    connecting = {"connect_timeout": database_timeout()}
    return {**given, "OPTIONS": POSTGRESQL | connecting | options}


def _check_options(options: dict[str, object]) -> None:
    """Refuse options that neither libpq, psycopg nor Django knows. Raises BadSetting."""
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is used

    of_libpq = {option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults()}
    if unknown := sorted(options.keys() - of_libpq - OTHER_OPTIONS):
        raise BadSetting(f"DATABASE_URL has an option that PostgreSQL does not know: {unknown[0]}.")
    for name in sorted(options.keys() & NUMBERS):
        within(f"{name} of DATABASE_URL", str(options[name]), least=0, most=10**9 - 1)


def database_timeout() -> int:
    """`PARLEY_DATABASE_TIMEOUT`: the seconds that a page waits for each answer of PostgreSQL.

    With SQLite: the seconds until it may write.
    """
    return whole_number("PARLEY_DATABASE_TIMEOUT", default=5, least=1, most=MOST_SECONDS)


def cache_timeout() -> int:
    """`PARLEY_CACHE_TIMEOUT`: the seconds that a page waits for each answer of Redis."""
    return whole_number("PARLEY_CACHE_TIMEOUT", default=1, least=1, most=MOST_SECONDS)


def outage_pause() -> int:
    """`PARLEY_OUTAGE_PAUSE`: the seconds until a database or cache that failed is asked again."""
    return whole_number("PARLEY_OUTAGE_PAUSE", default=5, least=1, most=MOST_SECONDS)


def least_disk_space() -> int:
    """`PARLEY_DISK_SPACE`: the free megabytes below which `/readyz` complains. Returns bytes."""
    return whole_number("PARLEY_DISK_SPACE", default=200, most=10**9 - 1) * 2**20


def cache() -> dict[str, object]:
    """`CACHE_URL`: redis://host:port/number; without it a table in the database, for all workers."""
    options = {"timeout": cache_timeout()}
    if url := os.environ.get("CACHE_URL", "").strip():
        _check_cache(url)
        return {"BACKEND": "config.redis.RedisCache", "LOCATION": url, "OPTIONS": options}
    return {"BACKEND": "config.database_cache.DatabaseCache", "LOCATION": "cache"}


def _check_cache(url: str) -> None:
    import redis  # noqa: PLC0415 - only where Redis is used

    form = "redis://host:port/number"
    parts = address("CACHE_URL", form, schemes=REDIS)
    number = parts.path.strip("/") if parts.scheme != "unix" else ""
    try:
        redis.ConnectionPool.from_url(url).make_connection()  # this does not connect yet
    except (TypeError, ValueError):
        is_sound = False
    else:
        is_sound = not number or (number.isascii() and number.isdigit())
    if not is_sound:
        raise BadSetting(
            f"CACHE_URL must be an address of the form {form}, with nothing behind it "
            "but options that Redis' client knows."
        )


def purge() -> str:
    """`PARLEY_PURGE`: the address of a cache in front of the site, which is told of changes."""
    url = os.environ.get("PARLEY_PURGE", "").strip()
    form = "http://127.0.0.1:6081"
    if url and not address("PARLEY_PURGE", form, schemes={"http", "https"}).hostname:
        raise BadSetting(f"PARLEY_PURGE must name a host, as {form} does.")
    return url


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
    """Return the backend that delivers mails: SMTP if `EMAIL_URL` is set, else files."""
    kind = "smtp" if os.environ.get("EMAIL_URL") else "filebased"
    return f"django.core.mail.backends.{kind}.EmailBackend"


def sender() -> str | None:
    """`PARLEY_MAIL_FROM`: the address that mails come from."""
    given = os.environ.get("PARLEY_MAIL_FROM", "").strip() or None
    if given and not is_mailbox(given):
        raise BadSetting(
            "PARLEY_MAIL_FROM must be one address such as My blog <blog@example.org>, "
            "with quotation marks around a name that has a comma."
        )
    return given
