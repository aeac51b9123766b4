"""The wire-compatible API, over HTTP, in a throw-away house of its own."""

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

import psycopg

from benchmarks.references.page_view import SCHEMA
from portal.supervisor.scratch import House, scratch_house

VIDEO_COUNT = 5_000
PAIR_COUNT = 9
FIELDS = (
    "id,video_description,create_time,region_code,share_count,view_count,like_count,comment_count,"
    "music_id,hashtag_names,username"
)
URL = f"/v2/research/video/query/?fields={FIELDS}"
BODY = {
    "query": {"and": [{"operation": "EQ", "field_name": "keyword", "field_values": ["video"]}]},
    "start_date": "20240101",
    "end_date": "20240131",
    "max_count": 100,
}
LATER_CURSORS = range(100, VIDEO_COUNT, 100)


def api_page() -> dict[str, object]:
    """A later page of a frozen search: Carrel against a bare view that returns the same bytes."""
    from django.conf import settings

    addresses = {"redis_url": settings.REDIS_URL, "secret_key": settings.SECRET_KEY}
    with scratch_house(purpose="bench", database_url=settings.DATABASE_URL, **addresses) as house:
        assert house.manage("migrate", "--verbosity", "0") == 0
        carrel = Script(port_of(house.start_web()), prepare_lab(house))
        bare = Script(start_bare(house), carrel.token)
        carrel.search_id = carrel.ask(0)["data"]["search_id"]
        copy_pages(house, carrel)
        bare.search_id = carrel.search_id
        assert [bare.page_bytes(at) for at in LATER_CURSORS] == [
            carrel.page_bytes(at) for at in LATER_CURSORS
        ]
        pairs = [(carrel.milliseconds(), bare.milliseconds()) for _ in range(PAIR_COUNT)]
    value, reference = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(ours / theirs for ours, theirs in pairs)
    return {
        "value": round(value, 3),
        "reference": round(reference, 3),
        "ratio": round(ratio, 2),
        "unit": "ms",
        "videos": VIDEO_COUNT,
        "pairs": PAIR_COUNT,
    }


class Script:
    """A script that pages through one search over one connection."""

    def __init__(self, port: int, token: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.token = token
        self.search_id = ""

    def fetch(self, cursor: int) -> bytes:
        body = json.dumps({**BODY, "cursor": cursor, "search_id": self.search_id})
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        self.connection.request("POST", URL, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        assert answer.status == 200, content
        return content

    def ask(self, cursor: int) -> dict[str, Any]:
        return json.loads(self.fetch(cursor))

    def page_bytes(self, cursor: int) -> bytes:
        """The page without the one part that is new each time."""
        content = self.fetch(cursor)
        return content.replace(json.loads(content)["error"]["log_id"].encode(), b"LOG_ID")

    def milliseconds(self) -> float:
        """A page, on average over all later pages."""
        begun = time.perf_counter()
        for cursor in LATER_CURSORS:
            self.fetch(cursor)
        return (time.perf_counter() - begun) * 1_000 / len(LATER_CURSORS)


def prepare_lab(house: House) -> str:
    """Import the videos and let a lab in, as a process of the house; answers a token."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.writelines(json.dumps(video(number)) + "\n" for number in range(VIDEO_COUNT))
        file.flush()
        assert house.manage("import_corpus", "videos", file.name) == 0
    command = [sys.executable, "-m", "benchmarks.api"]
    made = subprocess.run(command, env=house.environment, check=True, stdout=subprocess.PIPE)
    return made.stdout.decode().strip()


def video(number: int) -> dict[str, object]:
    return {
        "id": 7_300_000_000_000_000_000 + number * 1_000_003,
        "create_time": 1_704_067_200 + number * 500,
        "username": f"creator.{number % 997}",
        "region_code": "US",
        "video_description": f"video {number} über 猫と犬 #fyp #research {'la ' * (number % 40)}",
        "share_count": number % 1_000,
        "view_count": number * 7_919 % 10_000_000,
        "like_count": number * 31 % 100_000,
        "comment_count": number % 500,
        "music_id": 7_200_000_000_000_000_000 + number % 5_000,
        "hashtag_names": ["fyp", "research", f"tag{number % 50}"],
        "favorites_count": number % 77,
        "video_duration": number % 180,
    }


def start_bare(house: House) -> int:
    """The reference, on the same database and under the same server."""
    with psycopg.connect(house.environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(SCHEMA)
    port = free_port()
    house.environment["BARE_DATABASE_URL"] = house.environment["DATABASE_URL"]
    house.start(
        *("granian", "--interface", "wsgi", "--port", str(port)),
        "benchmarks.references.page_view:application",
    )
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return port
    raise RuntimeError("The reference server did not start.")


def copy_pages(house: House, carrel: Script) -> None:
    """Give the reference the bytes of every page; by this walk Carrel's are read ahead, too."""
    rows = [(cursor // 100, carrel.page_bytes(cursor)) for cursor in LATER_CURSORS]
    with psycopg.connect(house.environment["DATABASE_URL"], autocommit=True) as connection:
        connection.cursor().executemany("INSERT INTO bare_page VALUES (%s, %s)", rows)


def port_of(address: str) -> int:
    return int(address.rpartition(":")[2])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def print_token() -> None:
    """Let a lab in whose quota lasts, and print a token of its principal researcher."""
    import django

    django.setup()
    from organizations.actions import issue_token
    from tests.factories.organizations import make_client, make_organization
    from tests.factories.people import make_user

    paula = make_user("paula@uva.nl", name="Paula Prins")
    lab = make_organization(paula, requests=10**6, records=10**8)
    client, secret = make_client(lab.principal)
    print(issue_token(client.client_key, secret)[1])


BENCHMARKS: dict[str, Callable[[], dict[str, object]]] = {"api_page": api_page}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    print_token()
