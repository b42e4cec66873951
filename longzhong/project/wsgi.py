"""The WSGI door: `gunicorn longzhong.project.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "longzhong.project.settings")
application = get_wsgi_application()
