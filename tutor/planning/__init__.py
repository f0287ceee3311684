"""The study plan: what it is made from, how it is solved, and what it says."""
