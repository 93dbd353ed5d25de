"""What a sound report looks like, stated as Great Expectations suites on the marts.

One module per suite; :mod:`expectations.suites` finds them by their ``SUITE`` name.
"""
