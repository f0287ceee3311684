"""How the tables of access came to be, one step a module in `versions`."""
