"""The least that a server of pages can do: the reference of `api_page`.

Django without middleware, one table. It reads a page whose bytes are ready, and makes as many
durable commits as Carrel does for a page: one before it reads, one after. It checks no token, no
lab, no limit and no parameter.
"""

import datetime as dt
import os
import secrets

import environ
import msgspec
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

SCHEMA = """
CREATE TABLE bare_page (number int PRIMARY KEY, content bytea NOT NULL);
CREATE TABLE bare_day (id int PRIMARY KEY, used int NOT NULL, reserved int NOT NULL);
CREATE TABLE bare_charge (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text UNIQUE NOT NULL, records int NOT NULL
);
INSERT INTO bare_day VALUES (1, 0, 0);
"""

_RESERVE = """
WITH day AS (UPDATE bare_day SET reserved = reserved + 100 WHERE id = 1 RETURNING id)
INSERT INTO bare_charge (key, records) SELECT %s, 100 FROM day RETURNING id
"""
_SETTLE = """
WITH charge AS (UPDATE bare_charge SET records = 100 WHERE id = %s RETURNING id)
UPDATE bare_day SET reserved = reserved - 100, used = used + 100 FROM charge WHERE bare_day.id = 1
"""


def page(request: HttpRequest) -> HttpResponse:
    number = msgspec.json.decode(request.body)["cursor"] // 100
    log_id = f"{dt.datetime.now(dt.UTC):%Y%m%d%H%M%S}{secrets.token_hex(10).upper()}"
    with connection.cursor() as cursor:
        cursor.execute(_RESERVE, [log_id])
        (charge_id,) = cursor.fetchone()
        cursor.execute("SELECT content FROM bare_page WHERE number = %s", [number])
        (content,) = cursor.fetchone()
        cursor.execute(_SETTLE, [charge_id])
    content = bytes(content).replace(b"LOG_ID", log_id.encode())
    return HttpResponse(content, "application/json")


urlpatterns = [path("v2/research/video/query/", page)]

if "BARE_DATABASE_URL" in os.environ:
    database = environ.Env.db_url_config(os.environ["BARE_DATABASE_URL"])
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": {**database, "CONN_MAX_AGE": 300}},
        ROOT_URLCONF=__name__,
        SECRET_KEY="of no use",
        USE_TZ=True,
    )
    application = get_wsgi_application()
