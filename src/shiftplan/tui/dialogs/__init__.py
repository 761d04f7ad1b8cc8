"""Small windows that ask one thing and hand back an answer."""
