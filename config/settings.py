"""Every setting of the site, with safe defaults and no secret. `config.env` reads the environment."""

from __future__ import annotations

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.env import services, site
from config.values import origin

BASE_DIR = site.BASE_DIR
DATA_DIR = site.data_dir()
DEBUG = site.debug()
SECRET_KEY = site.secret_key(DATA_DIR)
ALLOWED_HOSTS = site.allowed_hosts()

# --- the site -------------------------------------------------------------------------------

PARLEY_URL = site.site_url()
PARLEY_PROXIES = site.proxies()
PARLEY_PAGE_CACHE = site.page_cache()
PARLEY_CHANGE_LOG = services.change_log(DATA_DIR)
PARLEY_PURGE = services.purge()
PARLEY_METRICS = site.metrics()
PARLEY_FIGURES = services.figures(DATA_DIR)
PARLEY_AKISMET_KEY = site.akismet_key()
PARLEY_AKISMET_URL = "https://rest.akismet.com/1.1/"

# --- what the owner sets in the browser, unless it is fixed here: None leaves it to them (`site_settings`)

PARLEY_SITE_NAME = site.site_name()
PARLEY_LANGUAGE = site.site_language()
PARLEY_TIME_ZONE = site.time_zone()
PARLEY_COMMENT_POLICY = site.comment_policy()
PARLEY_EDIT_WINDOW = site.edit_window()
PARLEY_CLOSE_AFTER = site.close_after()
PARLEY_MAIL_FROM = services.sender()

# --- the parts ------------------------------------------------------------------------------

INSTALLED_APPS = [
    "config",
    "taggit",
    "demo",
    "pagecache",
    "privacy",
    "moderation",
    "following",
    "spam",
    "comments",
    "blog",
    "images",
    "accounts",
    "site_settings",
    "web",
    "outbox",
    "django_tasks_db",
    "background",
    "allauth",
    "allauth.account",
    "markdownx",
    "csp",
    "config.desk.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "config.serving.health.AnswerMonitors",
    "config.metrics.middleware.Metrics",
    "config.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "config.serving.files.Files",
    "pagecache.middleware.SayWhoMayKeep",
    "config.middleware.OnePolicy",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "config.middleware.AnswerConditions",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "site_settings.middleware.Languages",
    "site_settings.middleware.SiteZone",
    "config.middleware.RefuseNulBytes",
    "django.middleware.common.CommonMiddleware",
    "config.middleware.LimitForms",
    "config.middleware.DropDamagedToken",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.ratelimit.LimitNetworks",
    "blog.redirects.RedirectMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.context",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
# Django 6 does this by default and ignores the setting.
FORMS_URLFIELD_ASSUME_HTTPS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- outside things: embedded by default, one variable each for a cluster --------------------

DATABASES = {"default": services.database(DATA_DIR)}
CACHES = {"default": services.cache()}
PARLEY_DATABASE_TIMEOUT = services.database_timeout()
PARLEY_OUTAGE_PAUSE = services.outage_pause()
PARLEY_DISK_SPACE = services.least_disk_space()
globals().update(services.email(DATA_DIR))
EMAIL_BACKEND = "outbox.backend.Outbox"
PARLEY_MAIL_TRANSPORT = services.mail_transport()
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "config.uploads.storage.WholeFiles"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "config.static.StaticFiles"
    },
}

# --- languages and times ---------------------------------------------------------------------

# Of what is written for nobody in particular: pages, feeds and mails have the owner's language.
LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = ["config.formats"]
LANGUAGES = [("en", _("English")), ("nl", _("Dutch")), ("de", _("German"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = PARLEY_TIME_ZONE or "Europe/Amsterdam"

TAGGIT_TAGS_FROM_STRING = "blog.saving.tags.parse_tags"
TAGGIT_STRING_FROM_TAGS = "blog.saving.tags.string_of_tags"

# --- accounts --------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "blog:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "blog:home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_DISPLAY = "accounts.adapter.shown_name"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "signup": "accounts.forms.SignUpForm",
    "reset_password": "accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.FirstPasswordForm",
    "add_email": "accounts.forms.ChangeEmailForm",
    "reauthenticate": "accounts.forms.ConfirmPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = (
    True  # one address a person; the old one holds until the new one is confirmed
)
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {
    # A portrait of many megapixels takes a second of a processor.
    "profile": "30/10m/user",
    # Passwords: see `accounts.attempts`.
    "login_failed": "10/m/ip,5/5m/key",
    # Five times as many from an IPv6 /48, which one customer may have.
    "login_failed_network": "25/5m/key",
    # The tries of 250 addresses or 50 such networks at once: fewer never lock the owner out.
    "login_failed_all": "1250/5m/key",
    "login_known": "10/5m/key",
}

# --- writing ---------------------------------------------------------------------------------

MARKDOWNX_URLS_PATH = "/admin/preview/"
MARKDOWNX_UPLOAD_URLS_PATH = "/admin/images/upload/"

# --- what a browser may do, and what a request may weigh --------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    },
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "geolocation", "microphone", "payment", "usb")
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = site.https()
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
# A proxy may pass on the host without its port.
CSRF_TRUSTED_ORIGINS = [origin(PARLEY_URL)]
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
SECURE_SSL_REDIRECT = site.https()
SECURE_HSTS_SECONDS = 0 if site.hsts() == "off" else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = site.hsts() in {"subdomains", "preload"}
SECURE_HSTS_PRELOAD = site.hsts() == "preload"
# Other names of the domain may lack https: the person who runs the site decides.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PARLEY_PROXIES else None
PARLEY_FORM_BYTES = site.form_kilobytes() * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- what is told to the person who runs it ----------------------------------------------------

PARLEY_LOG = site.log_format()
PARLEY_ACCESS_LOG = site.access_log()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "config.logs.JsonLines"},
    },
    "filters": {
        "outages": {"()": "config.outage.DropRepeats"},
        "refusals_once": {"()": "config.logs.RefusalsOnce"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": PARLEY_LOG,
            "filters": ["outages", "refusals_once"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Without Django's handlers, which log everything twice.
        "django": {"level": "INFO"},
        # A missing page is no fault of the site; the access log has it.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # Background tasks log failures only, by `background.revival`.
        "django.tasks": {"level": "CRITICAL"},
        "django_tasks": {"level": "CRITICAL"},
        "django_tasks_db": {"level": "CRITICAL"},
    },
}
