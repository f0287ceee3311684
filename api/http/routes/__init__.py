"""The routes, a module for each thing that one can ask about."""
