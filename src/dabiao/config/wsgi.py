"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from dabiao.config import faces, heap

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dabiao.config.settings")
application = get_wsgi_application()
faces.read_soon(then=heap.settle)
