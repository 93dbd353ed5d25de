"""The models on Spark: their DuckDB SQL in Spark's dialect, their patterns in Java's."""
