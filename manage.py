"""Django's own commands, for developers."""

import os

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dabiao.config.settings")
execute_from_command_line()
