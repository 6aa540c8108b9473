"""Settings of the test suite: as production where it matters, plain static files, no demo mode unless a test asks."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from config.settings import *  # noqa: F403  # a variant of the one settings module
from config.settings import DATABASES, STORAGES

_scratch = Path(tempfile.mkdtemp(prefix="concord-test-"))
DEBUG = False
DEMO = False
RUNNER = "tests.evaluations.fake_runner:FakeRunner"
SECRET_KEY = "test-key-test-key-test-key-test-key-test-key-test-key"  # noqa: S105  # not a secret
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
KEY_DIR, MEDIA_ROOT, RUNNER_DIR = _scratch / "keys", _scratch / "media", _scratch / "runs"
STATIC_ROOT = _scratch / "static"
STATIC_ROOT.mkdir()  # whitenoise warns when it is missing
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES = {"default": {**DATABASES["default"], "CONN_MAX_AGE": 0}}
os.environ.setdefault("CONCORD_TESTING", "1")
