"""Who is listed: entries, editions, one parser per official list, the store, update, diff. Scores nothing."""
