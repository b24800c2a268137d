"""Django's settings, all of them derived from `environment`."""

from pathlib import Path

from xingyun.config.environment import ENVIRONMENT

PACKAGE = Path(__file__).resolve().parent.parent
DATA = ENVIRONMENT.data

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
BASE_URL = ENVIRONMENT.base_url
REHEARSAL = ENVIRONMENT.rehearsal
FILES_ROOT = DATA / "files"
UPLOADS_ROOT = DATA / "uploads"
KEPT_ROOT = DATA / "kept"
WORK_ROOT = DATA / "work"
AUDIT_KEY_FILE = DATA / "audit.key"
FONTS = ENVIRONMENT.fonts
SIGNING_KEY = ENVIRONMENT.signing_key
SIGNING_PASSWORD = ENVIRONMENT.signing_password
OWN_SIGNING_KEY = DATA / "signing.p12"
RULEBOOKS = ENVIRONMENT.rulebooks
FILE_LIMIT = ENVIRONMENT.file_limit
APPLICATION_LIMIT = ENVIRONMENT.application_limit
KEPT_LIMIT = ENVIRONMENT.kept_limit
CLAMD = ENVIRONMENT.clamd
PAGE_LIMIT = ENVIRONMENT.page_limit
PIXEL_LIMIT = ENVIRONMENT.pixel_limit
UNPACKED_LIMIT = ENVIRONMENT.unpacked_limit
READ_SECONDS = ENVIRONMENT.read_seconds
READ_MEMORY = ENVIRONMENT.read_memory
PICTURES_ROOT = DATA / "pictures"
PICTURES_LIMIT = ENVIRONMENT.pictures_limit
URGENT_ONLY = ENVIRONMENT.urgent_only
# A request that begins a transaction or writes while it only reads is a fault; see config.middleware.
STRICT_READS = DEBUG or REHEARSAL

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "xingyun.clock",
    "xingyun.audit",
    "xingyun.accounts",
    "xingyun.jobs",
    "xingyun.files",
    "xingyun.messages",
    "xingyun.registry",
    "xingyun.rounds",
    "xingyun.papers",
    "xingyun.evidence",
    "xingyun.applications",
    "xingyun.reviews",
    "xingyun.results",
    "xingyun.lists",
    "xingyun.web",
]

MIDDLEWARE = [
    "xingyun.config.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "xingyun.web.middleware.ActorMiddleware",
    "xingyun.config.middleware.ReadsOnlyRead",
]

ROOT_URLCONF = "xingyun.config.urls"
WSGI_APPLICATION = "xingyun.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "environment": "xingyun.web.environment.environment",
            "context_processors": ["xingyun.web.context.shell"],
        },
    },
]

DATABASES = {"default": ENVIRONMENT.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Attempts to sign in are counted here: for all processes together where there are several.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if ENVIRONMENT.web_processes == 1
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": ENVIRONMENT.data / "counted",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["xingyun.accounts.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "xingyun.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "answer_link": "20/m/ip,10/10m/key",
    "told_of_others": "20/h/ip",
}
# Attempts are counted by address; behind a proxy everybody would have the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = ENVIRONMENT.tls
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

# Uploads come through files.uploads, which reads the stream itself; a form is small.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

SESSION_ENGINE = "xingyun.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "xingyun.web.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.tls
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.tls else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.tls else None
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.base_url]
X_FRAME_OPTIONS = "SAMEORIGIN"

MAIL_URL = ENVIRONMENT.mail_url
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # It greets every process with a line that says nothing.
    "loggers": {"pikepdf": {"level": "WARNING"}},
}
