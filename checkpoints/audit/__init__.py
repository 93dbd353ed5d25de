"""How often a cell is misread: a sample for people to compare with the originals."""
