# syntax=docker/dockerfile:1
# Two stages: wheels are built where compilers may stand, the bot runs where they may not.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="dvizhenie-vverh-bot" \
      org.opencontainers.image.description="Telegram bot of the network «Движение вверх»"
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data \
    LISTEN_HOST=0.0.0.0 \
    HEALTH_PORT=8081
RUN groupadd --system --gid 10001 bot \
 && useradd --system --uid 10001 --gid bot --home-dir /data --shell /usr/sbin/nologin bot \
 && install -d -o bot -g bot -m 0700 /data /keys
COPY --from=build /venv /venv
WORKDIR /app
COPY bot bot
COPY handlers handlers
COPY surveys surveys
COPY storage storage
COPY scheduler scheduler
COPY roadmap roadmap
COPY reports reports
COPY sandbox sandbox
COPY docs/consent docs/consent
# Compiled once here, since the running user may not write to the code.
RUN python -m compileall -q /app
USER 10001:10001
VOLUME /data
EXPOSE 8081
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['HEALTH_PORT'] + '/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
CMD ["python", "-m", "bot", "run"]
