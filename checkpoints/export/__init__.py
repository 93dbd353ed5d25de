"""Files for others: the panel with its codebook, and the lists of what agencies should correct."""
