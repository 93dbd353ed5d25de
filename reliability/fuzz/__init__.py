"""Spoilt documents for every reader: ``python -m reliability.fuzz``.

Hypothesis draws how generated documents, and published ones where there are any, are spoilt. They
are read in a process of its own, within the limits that a report has in a check; whatever the
readers do but read or reject is a failure, and its bytes are kept.
"""
