"""Cutting a language model's stream into pieces that can be checked."""
