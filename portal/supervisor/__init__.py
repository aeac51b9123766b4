"""Starts, watches and stops everything that `make run` needs, and the servers for tests.

It runs before Django can: what it says goes to the terminal in plain English, since no
catalogue of translations is loaded yet.
"""
