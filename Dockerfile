# One image for web, worker and beat; docker-compose.yml tells them apart.
FROM debian:12-slim

ENV LANG=C.UTF-8 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app

# System libraries, fonts, Python packages and front-end assets: what script/bootstrap does on a bare machine.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
COPY script script
COPY requirements.txt requirements-dev.txt constraints.txt package.json package-lock.json .npmrc ./
RUN LIAISON_FONTS=/app/fonts script/bootstrap \
    && apt-get purge -y --auto-remove nodejs npm \
    && rm -rf /var/lib/apt/lists/* "$HOME/.cache" "$HOME/.npm"

COPY . .
ENV PATH=/app/.venv/bin:$PATH \
    LIAISON_VAR=/data \
    LIAISON_FONTS=/app/fonts \
    DJANGO_SETTINGS_MODULE=liaison.settings.production
RUN useradd --system --uid 10001 --no-create-home liaison && mkdir /data && chown liaison /data
USER liaison
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "liaison.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--timeout", "60", "--max-requests", "2000", "--max-requests-jitter", "200"]
