"""The embedded PostgreSQL and Valkey servers used when DATABASE_URL or REDIS_URL is not set."""
