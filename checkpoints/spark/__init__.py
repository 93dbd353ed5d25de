"""The engine for what outgrows one machine: all but the site as jobs of Apache Spark."""
