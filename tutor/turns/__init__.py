"""Reading the later turns of a conversation by rules."""
