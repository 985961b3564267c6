"""Django's settings. What differs between machines comes from `env`; the rest is the product."""

import sys
from pathlib import Path

import structlog

from dabiao.config import env

ENV = env.read()
ROOT = Path(__file__).resolve().parent.parent

SECRET_KEY = ENV.secret_key
DEBUG = False
ALLOWED_HOSTS = list(ENV.hosts)
DATABASES = {"default": env.database(ENV.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "dabiao.base",
    "dabiao.organisations",
    "dabiao.standards",
    "dabiao.people",
    "dabiao.standing",
    "dabiao.hazards",
    "dabiao.sheets",
    "dabiao.creation",
    "dabiao.reviews",
    "dabiao.grading",
    "dabiao.supervision",
    "dabiao.programme",
    "dabiao.look",
    "dabiao.office",
    "dabiao.publicsite",
    "dabiao.field",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dabiao.look.middleware.ZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "dabiao.look.middleware.policy_middleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dabiao.look.middleware.actor_middleware",
    "dabiao.look.middleware.error_middleware",
]

ROOT_URLCONF = "dabiao.config.urls"
WSGI_APPLICATION = "dabiao.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "dabiao.look.context.shared",
            ],
        },
    },
]

AUTHENTICATION_BACKENDS = ["dabiao.people.sign_in.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("login", "name")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
    )
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "office:home"
LOGOUT_REDIRECT_URL = "publicsite:home"
ACCOUNT_ADAPTER = "dabiao.look.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_SESSION_REMEMBER = False  # the session ends with the browser; the form does not ask
# Per address and per login name: the rightful user elsewhere is slowed, never locked out for good.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,6/5m/key", "login": "60/m/ip"}

DABIAO_KNOWN_DEVICE_RATE = "10/5m/key"  # of a browser its owner has signed in from before

# Second factor: by the phone's authenticator; a code with its two neighbours is taken, once.
MFA_ADAPTER = "dabiao.look.factor_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(ENV.data / "cache"),
    },
    # Of each worker, gone with it: for counts whose loss harms nobody (look/rates.py says which).
    "here": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "here",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # addresses; a third of them is forgotten when there are more
    },
}
FORM_RENDERER = "dabiao.look.widgets.Renderer"
SESSION_ENGINE = "dabiao.people.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "dabiao.field.gates.csrf_failure"
# Behind TLS (DABIAO_HTTPS=1): cookies and addresses never travel in the clear.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.https
SECURE_HSTS_SECONDS = 31_536_000 if ENV.https else 0
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ENV.hosts] if ENV.https else []
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "media-src": ["'self'", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build_static" if not ENV.data else ENV.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
MESSAGE_STORAGE = "dabiao.look.messages.Storage"

# Operators see every fault with its traceback on standard error; Django alone would only mail it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},  # not every 404
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}

# The operations log goes to standard error: standard output belongs to what a command answers.
structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))

DABIAO_DATA = ENV.data
DABIAO_SECOND_FACTOR = ENV.second_factor
DABIAO_SESSION_MINUTES = SESSION_COOKIE_AGE // 60
DABIAO_IDLE_MINUTES = ENV.idle
DABIAO_IDLE_ADMIN_MINUTES = ENV.idle_admin
DABIAO_SESSIONS_ADMIN = ENV.sessions_admin
DABIAO_FIELD_QUOTA = ENV.field_quota * 1024 * 1024
DABIAO_CLOCK = ENV.clock
DABIAO_DEVELOPMENT = ENV.development
DABIAO_JOURNAL_ALGORITHM = "sha256"
DABIAO_REACTIONS = "dabiao.config.reactions.REACTIONS"
DABIAO_TASKS = "dabiao.config.reactions.TASKS"
DABIAO_CHECKS = "dabiao.config.reactions.CHECKS"
DABIAO_PUBLIC_ADDRESS = "http://127.0.0.1:8000"
