# One image for every process of Concord. Debian slim with glibc: several locked wheels do not exist for musl.
FROM python:3.13-slim-trixie AS packages
COPY requirements.lock /requirements.lock
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --only-binary=:all: -r /requirements.lock

FROM python:3.13-slim-trixie
RUN useradd --system --uid 10001 --home-dir /srv/concord concord \
    && install -d -o concord -g concord -m 0700 /var/lib/concord /var/lib/concord/keys \
       /var/lib/concord/private-keys /var/lib/concord/media /var/lib/concord/media/sealed
COPY --from=packages /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=config.settings \
    CONCORD_KEY_DIR=/var/lib/concord/keys CONCORD_MEDIA_DIR=/var/lib/concord/media CONCORD_STATIC_DIR=/srv/static
WORKDIR /srv/concord
COPY . .
# Static files need no database and no secret: the settings ask for them only with CONCORD_PRODUCTION.
RUN python manage.py collectstatic --noinput -v0 && python -m compileall -q .
USER concord
EXPOSE 8000
CMD ["python", "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "2", \
     "--blocking-threads-idle-timeout", "600", "--respawn-failed-workers", "--workers-kill-timeout", "6", "--no-access-log", \
     "--host", "0.0.0.0", "--port", "8000", "config.wsgi:application"]
