"""The Discord door: slash commands over HTTP, without a gateway connection."""
