# Oogst's web process and worker. Builds with `docker compose build`; runs as a user without rights.
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1 BIN=/usr/local/bin

RUN useradd --create-home --uid 10001 oogst && mkdir /media && chown oogst /media
WORKDIR /srv/oogst

COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --no-deps --only-binary :all: -r requirements.txt

COPY . .
# The settings want an environment; nothing of this one stays in the image.
RUN python bin/compile-messages \
 && python manage.py collectstatic --noinput --settings config.settings.build

ENV DJANGO_SETTINGS_MODULE=config.settings.production MEDIA_ROOT=/media INTERFACE=0.0.0.0 PORT=8000
USER oogst
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/health/', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0]}), timeout=4)"]
CMD ["bin/web"]
