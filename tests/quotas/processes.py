"""Real operating system processes that start together."""

import multiprocessing
import os
import traceback

from django.db import connections


def race(work, *, process_count):
    """Call `work(number)` in that many processes at once; answers what each of them answered.

    The processes are forked, since setting up Django fifty times would take longer than the
    race. Each opens a connection of its own before the start.
    """
    connections.close_all()
    context = multiprocessing.get_context("fork")
    start = context.Barrier(process_count)
    answers = context.SimpleQueue()
    processes = [
        context.Process(target=_run, args=(work, number, start, answers))
        for number in range(process_count)
    ]
    for process in processes:
        process.start()
    outcomes = [answers.get() for _ in processes]
    for process in processes:
        process.join()
    failed = [text for is_done, text in outcomes if not is_done]
    assert not failed, failed[0]
    return [answer for _, answer in outcomes]


def _run(work, number, start, answers):
    try:
        connections["default"].ensure_connection()
        start.wait(timeout=30)
        outcome = True, work(number)
    except BaseException:
        start.abort()
        outcome = False, traceback.format_exc()
    answers.put(outcome)
    connections.close_all()
    # Nothing of the test runner that was forked along may run its exit handlers.
    os._exit(0)
