"""A stand-in for Microsoft: a second program that knows nothing of Panel."""
