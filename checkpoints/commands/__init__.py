"""The commands of ``gouji``; :mod:`checkpoints.cli` puts them together."""
