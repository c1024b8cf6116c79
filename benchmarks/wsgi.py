"""What gunicorn serves while it is measured: the portal with the bare view beside it."""

from django.conf import settings

settings.ROOT_URLCONF = "benchmarks.bare"

from cdrp_portal.wsgi import application  # noqa: E402

__all__ = ["application"]
