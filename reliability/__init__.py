"""What the program withstands, measured: kills at any moment, and files that nobody should trust.

``python -m reliability`` kills checks and runs them to their end, ``python -m reliability.fuzz``
feeds the readers with spoilt documents. ``docs/reliability.md`` gives the figures.
"""
