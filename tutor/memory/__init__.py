"""What is kept of conversations and learners, in SQLite or PostgreSQL."""
