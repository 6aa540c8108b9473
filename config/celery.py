"""The Celery application: executor of durable jobs. Settings are jobs/celery_settings.py; PostgreSQL owns the work."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings  # the variable above must be set first

app = Celery("concord", broker=settings.BROKER_URL)
app.conf.update(settings.CELERY)
app.autodiscover_tasks(["jobs"])
