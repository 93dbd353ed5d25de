"""Where Spark runs in the tests, and how Java does."""

from __future__ import annotations

LOCAL = "local[2]"

CLUSTER = "local-cluster[2,1,1024]"

QUICK_JAVA = {
    "PYSPARK_SUBMIT_ARGS": "--driver-java-options '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    " -XX:ReservedCodeCacheSize=240m --show-version' pyspark-shell"
}
"""For a command on few rows, which ends before code that is optimised has paid.

Java says its version on standard output, where only the result may come to stand.
"""
