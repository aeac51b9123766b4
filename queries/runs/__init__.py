"""Running queries: the lease, one page, a worker's turn, the endings, the result, the sweep.

Everything that has to survive a dead worker is a row in PostgreSQL; a Celery message only says
that there may be something to do.
"""
