"""What every installation shares. The environment is read in `config/settings/` and nowhere else."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environ import Env

from . import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / ".var"

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
ALLOWED_HOSTS: list[str] = env.words("ALLOWED_HOSTS")
SITE_ID = None

INSTALLED_APPS = [
    "daphne",
    "participation.core",
    "participation.organisations",
    "participation.people",
    "participation.areas",
    "participation.projects",
    "surveys",
    "participation.contributions",
    "participation.moderation",
    "participation.live",
    "participation.needs",
    "participation.programmes",
    "participation.notifications",
    "cms",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "channels",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "participation.core.middleware.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "participation.organisations.middleware.OrganisationMiddleware",
    "cms.middleware.ReaderLanguageMiddleware",
    "participation.people.middleware.ParticipantCookieMiddleware",
    "participation.people.middleware.StaffSecurityMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "cms.fence.middleware.FenceMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "cms.context.site_frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data -------------------------------------------------------------------------------------------

DATABASES: dict[str, Any] = {
    "default": Env.db_url_config(env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'oogst.sqlite3'}"))
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # DEFERRED transactions lose writes under load; IMMEDIATE ones queue for the lock.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Opening one takes longer than most of what is asked of it, on SQLite too: its statements are prepared anew each time.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
CHANNEL_LAYERS: dict[str, Any]
CACHES: dict[str, Any]
if REDIS_URL:
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            # redis-py 8 reads with a timeout of 5 s by default, which kills idle sockets.
            "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": None}], "capacity": 1000},
        }
    }
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    CHANNEL_LAYERS = {
        "default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 1000}}
    }
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# Without Redis only a thread of the web process reaches the in-memory channel layer.
TASK_WORKER_THREAD = env.text("TASK_WORKER", "process" if REDIS_URL else "thread") == "thread"

# --- People -----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 7 * 24 * 3600
DEMO = False  # password log-in and demo banner; dev only
REQUIRE_STAFF_MFA = True

# Log-in is a code by e-mail. A password counts in the demo only (`people.models.User.check_password`).
ACCOUNT_ADAPTER = "participation.people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "participation.people.forms.PasswordForm",
    "request_login_code": "participation.people.forms.EmailForm",
    "confirm_login_code": "participation.people.forms.CodeForm",
    "confirm_email_verification_code": "participation.people.forms.NewAddressCodeForm",
    "signup": "participation.people.forms.SignUpForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_OPEN = env.flag("SIGNUP_OPEN")
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a mail when something about the log-in changed
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A town hall is one address, so limits per address are wide; the narrow ones are per account.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "signup": "60/m/ip",
    "request_login_code": "120/m/ip,3/m/key",
    "login_failed": "120/m/ip,5/5m/key",
}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8}
MFA_ADAPTER = "participation.people.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "participation.people.forms.SecondStepForm",
    "reauthenticate": "participation.people.forms.SecondStepAgainForm",
    "activate_totp": "participation.people.forms.NewAppForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # phones' clocks run up to half a minute off

# Staff may log in at one OpenID Connect provider; an account must exist already (an invitation).
OIDC_ISSUER = env.text("OIDC_ISSUER")
OIDC_SECOND_FACTOR = bool(OIDC_ISSUER) and env.flag("OIDC_SECOND_FACTOR")
SOCIALACCOUNT_ADAPTER = "participation.people.adapters.SocialAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # our policy lets no form lead to another site
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "staff",
            "name": env.text("OIDC_NAME"),
            "client_id": env.text("OIDC_CLIENT_ID"),
            "secret": env.text("OIDC_CLIENT_SECRET"),
            "settings": {"server_url": OIDC_ISSUER},
        }
    ]

PARTICIPANT_COOKIE_NAME = "oogst_participant"
PARTICIPANT_COOKIE_SECURE = False  # in production `__Host-`, which needs https
# Who asks, behind this many proxies (`participation.core.clients.address`).
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
RATELIMIT_IP_META_KEY = "participation.core.clients.address"
RATELIMIT_FAIL_OPEN = True

# --- Words ------------------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
WAGTAIL_I18N_ENABLED = True

# --- Files ------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"  # made by collectstatic, for production
MEDIA_URL = "/media/"
MEDIA_ROOT = env.text("MEDIA_ROOT", str(VAR_DIR / "media"))
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
S3_BUCKET, S3_PUBLIC_URL = env.text("S3_BUCKET"), env.text("S3_PUBLIC_URL")
if S3_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.text("S3_ENDPOINT_URL"),
            "region_name": env.text("S3_REGION") or None,
            "access_key": env.text("S3_ACCESS_KEY_ID"),
            "secret_key": env.text("S3_SECRET_ACCESS_KEY"),
            "custom_domain": S3_PUBLIC_URL.partition("://")[2].rstrip("/") or None,
            "file_overwrite": False,
            "querystring_auth": not S3_PUBLIC_URL,
        },
    }

# --- Wagtail ----------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Oogst"
WAGTAILADMIN_BASE_URL = env.text("BASE_URL")
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict] = []
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        # No embeds and no raw HTML: nothing on a page comes from a third party.
        "OPTIONS": {"features": ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "image"]},
    }
}
WAGTAIL_WORKFLOW_ENABLED = False  # its reports and tasks are shared by all organisations
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = ""  # would name pages of other organisations
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
# "simple": PostgreSQL would look at every language as at its own, and leave out words such as "about".
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}
}
WAGTAILIMAGES_IMAGE_MODEL = "cms.Picture"
WAGTAILIMAGES_WEBP_QUALITY = 65
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.picture_form.PictureForm"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.File"
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # asks who may read, also with a bucket
WAGTAILDOCS_EXTENSIONS = [
    *("csv", "docx", "ods", "odt", "pdf", "xlsx", "txt"),
    *("mp3", "m4a", "ogg", "wav", "mp4", "webm", "vtt"),  # the same in `core.ranges.TYPES`
]

# --- Mail -------------------------------------------------------------------------------------------

_mail = Env.email_url_config(env.text("EMAIL_URL"))
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"]
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = bool(_mail.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(_mail.get("EMAIL_USE_SSL"))
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL")

# --- Security ---------------------------------------------------------------------------------------

TILE_URL = env.text("TILE_URL")
_pictures = [origin for origin in (env.origin(TILE_URL), env.origin(S3_PUBLIC_URL)) if origin]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *_pictures],
        "media-src": [SELF, *([env.origin(S3_PUBLIC_URL)] if S3_PUBLIC_URL else [])],
        "font-src": [SELF],
        # `core.middleware` adds the websocket's address: older Safari does not count it as 'self'.
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
# Wagtail's editor needs inline script and style, and frames for its previews. Still no third party.
ADMIN_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": [SELF, "'unsafe-inline'", "'unsafe-eval'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:", *_pictures],
    "frame-src": [SELF],
}
PERMISSIONS_POLICY = ", ".join(
    [
        "microphone=(self)",  # to speak an answer; the browser asks first
        *(
            f"{feature}=()"
            for feature in (
                *("accelerometer", "browsing-topics", "camera", "display-capture", "gyroscope", "hid"),
                *("magnetometer", "midi", "payment", "serial", "usb", "xr-spatial-tracking"),
            )
        ),
    ]
)
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of their own
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # long questionnaires and Wagtail's page editor
SILENCED_SYSTEM_CHECKS: list[str] = []

# Their INFO is a line for each request, and for each thing a library does.
QUIET = (
    "asyncio",
    "daphne",
    "django.channels.server",
    "django_tasks",
    "django_tasks_db",
    "modelsearch",
    "urllib3",
)
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL").upper()},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        **{name: {"level": "WARNING"} for name in QUIET},
    },
}
