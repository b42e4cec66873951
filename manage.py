"""Django's own commands on the embedded or the named database (developers); everybody else uses `longzhong`."""

import os
import sys

from django.core.management import execute_from_command_line

from longzhong.project.place import ready

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "longzhong.project.settings")
    ready()
    execute_from_command_line(sys.argv)
