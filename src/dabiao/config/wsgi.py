"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from dabiao.config import between, faces, heap

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dabiao.config.settings")
application = get_wsgi_application()
between.spare()
faces.read_soon(then=heap.settle)
