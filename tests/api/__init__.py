"""What programs ask of the panel, and what it answers."""
