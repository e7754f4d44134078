"""Django's settings, all from the environment: see `environment` for the variables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF

from strandline.web.config import logs
from strandline.web.config.environment import read_environment
from strandline.web.config.mail import mail_settings
from strandline.web.config.production import require_safe
from strandline.web.config.sign_in import own_sign_in_origins, sign_in_settings

ENVIRONMENT = read_environment()
require_safe(ENVIRONMENT)
DESK_HOME = ENVIRONMENT.home
RUNS_HOME = DESK_HOME.parent  # official files, packs and runs, where the command line keeps them
WEB = Path(__file__).resolve().parents[1]

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ENVIRONMENT.hosts if ENVIRONMENT.https]

ROOMS = ("design people audit schools decisions triggers intelligence officers concerns strategies home api").split()
PRESENT = [room for room in ROOMS if (WEB / room / "__init__.py").is_file()]
INSTALLED_APPS = [
    *(f"strandline.web.{room}" for room in PRESENT),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "strandline.web.config.logs.AccessMiddleware",
    "strandline.web.config.limits.FeaturesMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "strandline.web.people.expiry.ExpiryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "strandline.web.config.limits.LargestRequestMiddleware",
    "strandline.web.config.limits.OddAddressMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "strandline.web.people.middleware.PermitMiddleware",
]
ROOT_URLCONF = "strandline.web.config.urls"
WSGI_APPLICATION = "strandline.web.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "strandline.web.people.presenters.signed_in_person",
            ],
        },
    }
]
FORM_RENDERER = (
    "strandline.web.design.forms.DeskRenderer"
    if (WEB / "design" / "forms.py").is_file()
    else "django.forms.renderers.DjangoTemplates"
)

DATABASES = {"default": ENVIRONMENT.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {  # shared by the workers, so that limits on sign-in hold for all of them
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "desk_cache"}
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "j F Y"

LOGGING = logs.LOGGING
STATIC_URL = "/static/"
STATIC_ROOT = DESK_HOME / "static"
MEDIA_ROOT = DESK_HOME / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 60 * 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
LARGEST_REQUEST_BYTES = 12 * 1024 * 1024  # the largest document, and what the form says of it

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("CommonPasswordValidator", {}),
    )
]
globals().update(sign_in_settings(ENVIRONMENT))
globals().update(mail_settings(ENVIRONMENT))
SECOND_FACTOR_REQUIRED = ENVIRONMENT.second_factor_required
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

SESSION_COOKIE_AGE = 14 * 24 * 60 * 60  # the browser keeps it; people.expiry ends it on the server, sooner
IDLE_MINUTES = 60
LONGEST_HOURS = 12
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "strandline.web.people.failures.forged"
SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
SECURE_REDIRECT_EXEMPT = [r"^health$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENVIRONMENT.https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *own_sign_in_origins()],
        "frame-ancestors": [NONE],
    }
}
CASELOADS = "strandline.web.officers.queries.caseload_urns" if "officers" in PRESENT else ""
