"""The doors of the tutor and the one place where everything is wired together."""
