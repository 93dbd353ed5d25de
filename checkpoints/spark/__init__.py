"""The engine for what outgrows one machine: reading and modelling as jobs of Apache Spark."""
