"""`ledger_1`, `ledger_10`, `ledger_50`, `ledger_many`: what one reserve-and-settle costs.

The clients are real processes with a connection each. A round reserves pages of 100 records and
settles them with what a seeded choice says was delivered; the same for subject and reference.
"""

import multiprocessing
import random
import time
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import psycopg
from django.db import connection, connections
from django.db.models import Sum

from accounts.models import User
from benchmarks.pairs import compare
from benchmarks.references import ledger as reference
from institutions.models import Institution
from lib.ids import uuid7
from lib.time import now
from organizations.models import Membership, Organization
from organizations.states import MembershipStatus, OrganizationStatus
from programmes.models import Programme
from quotas.actions import reserve, settle
from quotas.checks import ledger_matches
from quotas.models import QuotaDay

SEED = 20_261_122
WARM_UP_COUNT = 10
# No lab runs out in the run.
PLENTY = 2_000_000_000

Charge = Callable[[Membership, str, int], None]
Round = Callable[[int, Any, Any], None]


def ledger(*, client_count: int, lab_count: int, operation_count: int) -> dict[str, Any]:
    """Compare rounds of so many operations, shared out evenly among the clients."""
    members = make_labs(lab_count)
    each = operation_count // client_count
    measure = partial(_measure, members, client_count, each)
    result = compare(
        partial(measure, _charge_carrel),
        partial(measure, _charge_reference),
        unit="ms of wall time per reserve and settle",
        clients=client_count,
        labs=lab_count,
        operations=each * client_count,
        seed=SEED,
        synchronous_commit=_setting("synchronous_commit"),
        fsync=_setting("fsync"),
        postgresql=_setting("server_version"),
    )
    _check_counters(members)
    result["per_second"] = round(1000 / result["value"])
    result["reference_per_second"] = round(1000 / result["reference"])
    return result


def make_labs(count: int) -> list[Membership]:
    """So many labs, led by one person each seat of whom is active, with quota in plenty."""
    programme = Programme.objects.default()
    programme.research_requests_limit = programme.research_records_limit = PLENTY
    programme.save()
    person = User.objects.create_user(f"{uuid7()}@bench.test", name="Bench")
    moment = now()
    labs = Organization.objects.bulk_create(
        Organization(
            programme=programme,
            institution=Institution.objects.earliest("name"),
            name=f"Lab {number}",
            status=OrganizationStatus.ACTIVE,
            starts_at=moment,
            ends_at=moment.replace(year=moment.year + 1),
        )
        for number in range(count)
    )
    members = Membership.objects.bulk_create(
        Membership(
            organization=lab,
            seat=0,
            user=person,
            email=person.email,
            name=person.name,
            status=MembershipStatus.ACTIVE,
            joined_at=moment,
        )
        for lab in labs
    )
    _make_reference_labs(labs)
    return members


def _make_reference_labs(labs: list[Organization]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(reference.CREATE)
        cursor.executemany(
            "INSERT INTO reference_day VALUES (%s, %s, %s)",
            [(lab.pk, PLENTY, PLENTY) for lab in labs],
        )


def _charge_carrel() -> Charge:
    """One client of Carrel's ledger, connected as a worker is."""
    connections["default"].ensure_connection()

    def charge(member: Membership, key: str, delivered: int) -> None:
        made = reserve(membership_id=member.pk, endpoint="video/query", records=100, key=key)
        settle(charge_id=made.charge_id, records=delivered)

    return charge


def _charge_reference() -> Charge:
    """One client of the bare ledger, with psycopg's own defaults but for autocommit."""
    parameters = connections["default"].get_connection_params()
    kept = {"dbname", "user", "password", "host", "port"}
    connected = psycopg.connect(
        **{name: value for name, value in parameters.items() if name in kept}, autocommit=True
    )

    def charge(member: Membership, key: str, delivered: int) -> None:
        charge_id = reference.reserve(
            connected, lab=member.organization_id, membership=member.pk, key=key, records=100
        )
        reference.settle(connected, charge_id=charge_id, records=delivered)

    return charge


def _measure(
    members: list[Membership], client_count: int, each: int, connect: Callable[[], Charge]
) -> float:
    """Milliseconds from the common start to the last client's end, by operation."""
    connections.close_all()
    context = multiprocessing.get_context("fork")
    start = context.Barrier(client_count)
    spans = context.SimpleQueue()
    clients = [
        context.Process(target=_client, args=(members, number, each, connect, start, spans))
        for number in range(client_count)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    if any(client.exitcode for client in clients):
        raise SystemExit("A client of the ledger failed; its traceback is above.")
    times = [spans.get() for _ in clients]
    wall_seconds = max(ended for _, ended in times) - min(started for started, _ in times)
    return wall_seconds * 1000 / (each * client_count)


def _client(
    members: list[Membership],
    number: int,
    each: int,
    connect: Callable[[], Charge],
    start: Any,
    spans: Any,
) -> None:
    charge = connect()
    chosen = random.Random(SEED + number)
    run = uuid.uuid4()
    for attempt in range(-WARM_UP_COUNT, each):
        if attempt == 0:
            start.wait(timeout=60)
            started = time.monotonic()
        charge(chosen.choice(members), f"{run}/{attempt}", chosen.randint(0, 100))
    spans.put((started, time.monotonic()))
    connections.close_all()


def _check_counters(members: list[Membership]) -> None:
    """Both ledgers have done the same work, and Carrel's is right."""
    labs = {member.organization for member in members}
    names = ("requests_used", "records_used", "requests_reserved", "records_reserved")
    sums = QuotaDay.objects.filter(organization__in=labs).aggregate(*map(Sum, names))
    with connection.cursor() as cursor:
        cursor.execute(reference.SUMS)
        bare = cursor.fetchone()
    assert tuple(sums[f"{name}__sum"] for name in names) == bare, (sums, bare)
    problems = [sentence for lab in labs for sentence in ledger_matches(lab)]
    assert not problems, problems


def _setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        (value,) = cursor.fetchone()
    return str(value)


BENCHMARKS = {
    "ledger_1": partial(ledger, client_count=1, lab_count=1, operation_count=400),
    "ledger_10": partial(ledger, client_count=10, lab_count=1, operation_count=1_000),
    "ledger_50": partial(ledger, client_count=50, lab_count=1, operation_count=1_000),
    "ledger_many": partial(ledger, client_count=50, lab_count=1_000, operation_count=1_000),
}
