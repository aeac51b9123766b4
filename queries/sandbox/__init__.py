"""The sandbox: the builder of queries on invented data, for people who have no lab yet.

Nothing here reads a lab's corpus, charges a quota or writes a row of a query.
"""
