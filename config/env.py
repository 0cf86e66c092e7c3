"""The only reader of environment variables. Each one is documented on the function that reads it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent
MINUTE = 60
TRUE_WORDS = {"1", "true", "yes", "on"}
# PostgreSQL plans a statement that comes for the sixth time on a connection no more.
PLANNED_ONCE = {"server_side_binding": True, "prepare_threshold": 5}


class BadSetting(SystemExit):
    """An environment variable that cannot be used; its message is the one sentence people see."""


def flag(name: str) -> bool:
    """Whether the variable says yes (1, true, yes or on, in any capitals)."""
    return os.environ.get(name, "").strip().lower() in TRUE_WORDS


def whole_number(name: str, *, default: int) -> int:
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal():
        raise BadSetting(f"{name} must be a whole number, not “{text}”.")
    return int(text)


def words(name: str, *, default: list[str]) -> list[str]:
    """The comma-separated parts of the variable, without empty ones."""
    given = [part.strip() for part in os.environ.get(name, "").split(",")]
    return [part for part in given if part] or default


def one_of(name: str, choices: tuple[str, ...], *, default: str) -> str:
    text = os.environ.get(name, "").strip() or default
    if text not in choices:
        raise BadSetting(f"{name} must be one of {', '.join(choices)}, not “{text}”.")
    return text


def debug() -> bool:
    """`DJANGO_DEBUG`: developer's error pages; `./parley dev` sets it. Never in public."""
    return flag("DJANGO_DEBUG")


def data_dir() -> Path:
    """`PARLEY_DATA`: the folder for everything the running site writes; `var/` in the checkout by default."""
    path = Path(os.environ.get("PARLEY_DATA") or BASE_DIR / "var").expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(f"The data folder {path} cannot be made: {error.strerror}.") from None
    return path


def secret_key(data: Path) -> str:
    """`PARLEY_SECRET_KEY`, or the key that the first start keeps in the data folder (mode 0600).

    Several machines that serve one site must share one key.
    """
    if given := os.environ.get("PARLEY_SECRET_KEY"):
        return given
    path = data / "secret_key"
    if not path.exists():
        _write_new_secret(path)
    return path.read_text(encoding="ascii").strip()


def _write_new_secret(path: Path) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another worker process was first
        return
    except OSError as error:
        raise BadSetting(
            f"The data folder {path.parent} cannot be written: {error.strerror}."
        ) from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))


def allowed_hosts() -> list[str]:
    """`PARLEY_HOSTS`: the host names the site answers to, comma-separated; this machine's own by default."""
    return words("PARLEY_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])


def https() -> bool:
    """`PARLEY_HTTPS`: the public address is https, so cookies are marked secure and http is redirected."""
    return flag("PARLEY_HTTPS")


def proxies() -> int:
    """`PARLEY_PROXIES`: how many reverse proxies of ours stand in front and append to X-Forwarded-For."""
    return whole_number("PARLEY_PROXIES", default=0)


def site_url() -> str:
    """`PARLEY_URL`: the site's public address, which mails lead to; else of the first of its hosts."""
    if given := os.environ.get("PARLEY_URL", "").strip().rstrip("/"):
        if urlsplit(given).scheme not in {"http", "https"} or not urlsplit(given).hostname:
            raise BadSetting(f"PARLEY_URL must be a whole address, not “{given}”.")
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
    return os.environ.get("PARLEY_TIME_ZONE") or "Europe/Amsterdam"


def comment_policy() -> str:
    """`PARLEY_COMMENT_POLICY`: who may reply where a post does not say.

    One of open, held, confirmed, accounts and closed.
    """
    choices = ("open", "held", "confirmed", "accounts", "closed")
    return one_of("PARLEY_COMMENT_POLICY", choices, default="open")


def edit_window() -> int:
    """`PARLEY_EDIT_WINDOW`: for how many minutes a guest's browser may change a reply it sent."""
    return whole_number("PARLEY_EDIT_WINDOW", default=15)


def close_after() -> int:
    """`PARLEY_CLOSE_AFTER`: after how many days a post takes no more replies; 0 keeps them open."""
    return whole_number("PARLEY_CLOSE_AFTER", default=0)


def akismet_key() -> str:
    """`PARLEY_AKISMET_KEY`: have Akismet look at replies too; without it no text leaves the site."""
    return os.environ.get("PARLEY_AKISMET_KEY", "").strip()


def database(data: Path) -> dict[str, object]:
    """`DATABASE_URL`: postgresql://user:password@host/name; without it SQLite in the data folder."""
    if url := os.environ.get("DATABASE_URL"):
        given = dj_database_url.parse(url, conn_max_age=10 * MINUTE, conn_health_checks=True)
        return {**given, "OPTIONS": PLANNED_ONCE | given.get("OPTIONS", {})}
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


def cache() -> dict[str, object]:
    """`CACHE_URL`: redis://host:port/number; without it a table in the database, shared by all workers."""
    if url := os.environ.get("CACHE_URL"):
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
    return {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}


def email(data: Path) -> dict[str, object]:
    """`EMAIL_URL`: smtp://, smtps:// (TLS from the start) or smtp+tls:// (STARTTLS).

    Without it, mails are files in `mail/` of the data folder.
    """
    url = os.environ.get("EMAIL_URL")
    if not url:
        return {"EMAIL_FILE_PATH": data / "mail"}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"}:
        raise BadSetting("EMAIL_URL must begin with smtp://, smtps:// or smtp+tls://.")
    return {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": int(dict(parse_qsl(parts.query)).get("timeout", "10")),
    }


def mail_transport() -> str:
    """What hands mails over, as `EMAIL_URL` says: Django's backend for SMTP, or that for files."""
    kind = "smtp" if os.environ.get("EMAIL_URL") else "filebased"
    return f"django.core.mail.backends.{kind}.EmailBackend"


def sender() -> str:
    """`PARLEY_MAIL_FROM`: the address mails come from."""
    return os.environ.get("PARLEY_MAIL_FROM") or "Samenspraak <noreply@localhost>"


def first_password() -> str:
    """`PARLEY_PASSWORD`: of the first administrator, read when the first start makes that account."""
    return os.environ.get("PARLEY_PASSWORD", "")
