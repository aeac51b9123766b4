"""The Celery app. Tasks are short, run at least once, and carry only ids."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("carrel")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
