"""Which cells are most likely wrong in a table whose relations do not all hold.

Error localisation after Fellegi and Holt (1976): the smallest set of cells whose change satisfies
every relation with non-negative whole numbers. The modules in the order of their use: ``problem``
(a table as cells and signed sums), ``moves`` (swaps and shifts of neighbours), ``settle`` (can
these cells be put right, and how), ``search`` (smallest sets), ``plausible`` (their order),
``rows`` (from and to the tables of the database). Nothing here knows a relation of the form: they
come with the problem.
"""
