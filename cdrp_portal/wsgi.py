"""The door through which an application server such as gunicorn reaches the portal."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cdrp_portal.settings")

application = get_wsgi_application()
