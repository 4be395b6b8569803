"""From query results and graphs to what people and other tools read."""
