"""What is known: perspectives, courses, the embedder and the index that finds passages."""
