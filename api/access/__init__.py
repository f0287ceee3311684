"""Who may come in through the doors and how often: keys, limits and events seen before."""
