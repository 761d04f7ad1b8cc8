"""The commands: wiring only. ``app`` explains how a command file looks."""
