"""The portal's settings: safe defaults for one machine, environment variables for production."""

from pathlib import Path

from django.contrib.messages import constants as message_levels
from django.utils.translation import gettext_lazy as _

from cdrp_portal import environment as env
from cdrp_portal.quiet import FRONT_LINE

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("PORTAL_VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

PRODUCTION = env.flag("PORTAL_PRODUCTION", default=False)
DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.text("SECRET_KEY") or ("" if PRODUCTION else "for-one-machine-only-" + "not-a-secret-" * 4)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
# What a package of data says about its use; without it, usual words that keep it to those who took it.
DATA_TERMS = env.text("DATA_TERMS")
DATA_TERMS_URL = env.text("DATA_TERMS_URL")

INSTALLED_APPS = [
    # Before those whose commands it makes its own.
    "cdrp_portal",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "audit",
    "govuk",
    "outbox",
    "partnerships",
    "accounts",
    "hallmarks",
    "casestudies",
    "sharing",
    "assessments",
    "reviews",
    "reports",
]

MIDDLEWARE = [
    "cdrp_portal.middleware.arrival_time",
    "cdrp_portal.middleware.browser_defences",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.session_limits",
    "accounts.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "cdrp_portal.urls"
WSGI_APPLICATION = "cdrp_portal.wsgi.application"
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
                "cdrp_portal.context_processors.portal",
            ]
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ("govuk",)
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_FAIL_SILENTLY = False

# SQLite is safe with several writers only in this mode: readers never wait, writers queue, a commit is on disk.
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": VAR_DIR / "portal.sqlite3",
    "CONN_MAX_AGE": 600,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Without recursive triggers REPLACE would delete rows behind the back of the triggers that refuse it.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;",
    },
    "TEST": {"NAME": str(VAR_DIR / f"test{env.text('TEST_DB_SUFFIX')}.sqlite3")},
}
DATABASE_URL = env.text("DATABASE_URL")
DATABASES = {"default": env.database(DATABASE_URL) if DATABASE_URL else SQLITE}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        # Failed sign-ins are counted here: with Django's 300 a guesser could push out his own count.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.PortalBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), ("cy", _("Welsh"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "uploads"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
STORAGES = {
    "default": {"BACKEND": "casestudies.storage.DurableStorage"},
    "staticfiles": {
        "BACKEND": "cdrp_portal.static_storage.HashedStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "casestudies.upload_handlers.LimitedFileUploadHandler",
]
# How large office files may be inside, where it is not as casestudies.contents.limits says: {"members": 500}, for one.
OFFICE_FILE_LIMITS: dict[str, int] = {}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# Criteria files: what is larger than any set of criteria is refused before it costs time or memory. Whatever passes
# is read in 2 seconds and 256 MB, a workbook that swells by unpacking included.
CRITERIA_MAX_BYTES = 5_000_000
CRITERIA_MAX_UNPACKED_BYTES = 60_000_000
CRITERIA_MAX_MEMBERS = 200
CRITERIA_MAX_DEPTH = 20
CRITERIA_MAX_ROWS = 100_000
CRITERIA_MAX_COLUMNS = 100
CRITERIA_MAX_CELLS = 200_000
# Characters of all cells together, a text that many cells share counted in each: this bounds memory.
CRITERIA_MAX_CHARACTERS = 10_000_000
# 500 criteria with 50 indicators each, and room for the rest.
CRITERIA_MAX_ENTRIES = 30_000
CRITERIA_MAX_CRITERIA = 500
CRITERIA_MAX_INDICATORS = 50
CRITERIA_MAX_SECONDS = 10
# How many acts on a draft can be taken back; each keeps the whole draft, 1 MB for the largest.
CRITERIA_MAX_ACTS_KEPT = 50

# Limits for a table of links between two sets; every one is tested
CROSSWALK_MAX_BYTES = 1_000_000
CROSSWALK_MAX_ROWS = 5_000

# Submissions of other portals, taken in by a Government Office: a JSON file, or the PDF that it is in. A submission of
# 500 criteria with every text at its longest stays below. The PDF is opened by a process with limits of its own.
RECEIVED_MAX_BYTES = 5_000_000
RECEIVED_MAX_PDF_BYTES = 10_000_000
RECEIVED_MAX_DEPTH = 12
RECEIVED_MAX_SECONDS = 10
RECEIVED_MAX_MEMORY_MB = 512
# A PDF that anybody may have checked is only hashed, piece by piece.
VERIFY_MAX_BYTES = 10_000_000

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env.text("EMAIL_HOST")
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL", default=False)
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=not EMAIL_USE_SSL)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "portal@localhost")

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS = 4 * 60 * 60
# A member who answers a front-line check while signed in leaves no time of it in their session either.
UNTRACKED_PATHS = (FRONT_LINE,)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "accounts.resend.csrf_failure"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_TLS_PROXY", default=False) else None
X_FRAME_OPTIONS = "DENY"
MESSAGE_TAGS = {message_levels.SUCCESS: "success"}

# Named as Django 6 names it, so that our middleware can be dropped on the upgrade.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "request": {"()": "django.utils.log.ServerFormatter", "format": "[{server_time}] {message}", "style": "{"},
    },
    "filters": {
        "everyday": {"()": "cdrp_portal.logs.EverydayRefusals", "keep_a_line": PRODUCTION},
        "front_line": {"()": "cdrp_portal.quiet.FrontLineFilter"},
    },
    "handlers": {
        "stdout": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["front_line"]},
        "django.server": {"class": "logging.StreamHandler", "formatter": "request", "filters": ["front_line"]},
    },
    "loggers": {
        "django.request": {"filters": ["everyday"]},
        "django.server": {"handlers": ["django.server"], "level": "INFO", "propagate": False},
    },
    "root": {"handlers": ["stdout"], "level": env.text("LOG_LEVEL", "WARNING")},
}

# How often one partnership may ask helpers in a day, and how often everybody together may ask one of them.
ENQUIRIES_A_DAY = 5
ENQUIRIES_TO_ONE_HELPER_A_DAY = 10

# Sign-in (django-allauth): email and password, a second step for whoever wants it; accounts/sign_in_urls.py lists
# the pages. Wrong passwords are throttled by accounts/throttle.py, by account and address; an address of a council is
# that of hundreds of people, so what the library counts by address is set high or off.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
ACCOUNT_ADAPTER = "accounts.adapter.PortalAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/5m/key",  # codes of the second step, by person: whoever gets there knows the password
    "reset_password": "200/h/ip,5/h/key",
    "reset_password_from_key": "200/h/ip",
}
ACCOUNT_FORMS = {
    "login": "accounts.sign_in_forms.SignInForm",
    "change_password": "accounts.sign_in_forms.ChangePasswordForm",
    "set_password": "accounts.sign_in_forms.SetPasswordForm",
    "reset_password": "accounts.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.sign_in_forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.sign_in_forms.ReauthenticateForm",
}
MFA_ADAPTER = "accounts.adapter.PortalMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Partnership self-assessment"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation proved the address
MFA_FORMS = {
    "authenticate": "accounts.sign_in_forms.AuthenticateForm",
    "reauthenticate": "accounts.sign_in_forms.ReauthenticateCodeForm",
    "activate_totp": "accounts.sign_in_forms.ActivateTOTPForm",
    "deactivate_totp": "accounts.sign_in_forms.DeactivateTOTPForm",
    "generate_recovery_codes": "accounts.sign_in_forms.RecoveryCodesForm",
}
PASSWORD_RESET_TIMEOUT = 60 * 60
