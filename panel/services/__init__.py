"""What can be asked of Panel; the only room that commits."""
