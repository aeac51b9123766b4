# Carrel for production: one image for the web server, the workers, beat and the migrations.

# Bootstrap and the fonts come from the npm registry at build time; no node in the final image.
FROM node:24-slim AS frontend
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM python:3.11-slim AS packages
COPY requirements.txt ./
RUN python -m venv /opt/carrel \
    && /opt/carrel/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.txt

FROM python:3.11-slim
ENV PATH=/opt/carrel/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=portal.settings \
    CARREL_HOME=/var/lib/carrel \
    DEMO=0
RUN useradd --system --uid 10001 --home-dir /var/lib/carrel --create-home carrel
WORKDIR /opt/portal
COPY --from=packages /opt/carrel /opt/carrel
COPY --from=frontend /build/node_modules ./node_modules
COPY . .
RUN python -m compileall -q .
USER carrel
VOLUME /var/lib/carrel
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "portal.wsgi:application", "--host", "0.0.0.0", \
     "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--no-ws"]
