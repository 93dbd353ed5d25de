"""Machine-readable output of ``check`` and ``validate``: JSON, JUnit, GitHub annotations."""
