"""A refused caller in a tight loop must not slow down anybody else."""

import threading

import pytest
from django.db import connection

from quotas.actions import settle
from quotas.refusals import QuotaExhausted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def spent(charge):
    for _ in range(3):
        settle(charge_id=charge(10).charge_id, records=10)


def test_a_refusal_is_two_statements(charge, spent, django_assert_num_queries):
    with django_assert_num_queries(2), pytest.raises(QuotaExhausted):
        charge(10)


def test_a_reservation_and_its_settlement_are_one_statement_each(charge, django_assert_num_queries):
    charge(10)

    with django_assert_num_queries(2):
        settle(charge_id=charge(10).charge_id, records=10)


def test_a_refusal_makes_no_transaction_number_and_so_no_write(charge, spent):
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        with pytest.raises(QuotaExhausted):
            charge(10)
        cursor.execute("SELECT pg_current_xact_id_if_assigned()")
        (number,) = cursor.fetchone()
        cursor.execute("ROLLBACK")

    assert number is None


def test_a_refusal_does_not_wait_for_whoever_holds_the_day(charge, spent):
    """The day's row is locked by an open transaction, and the answer comes all the same."""
    outcomes = []

    def ask():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
        try:
            charge(10)
        except QuotaExhausted as refusal:
            outcomes.append(refusal.which)
        finally:
            connection.close()

    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT id FROM quotas_quotaday FOR UPDATE")
        asking = threading.Thread(target=ask)
        asking.start()
        asking.join()
        cursor.execute("ROLLBACK")

    assert outcomes == ["requests"]
