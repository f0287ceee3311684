"""Checking sentences against what they cite, before they leave."""
