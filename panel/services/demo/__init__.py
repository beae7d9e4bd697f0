"""Linden Studio: a business to try Panel with."""
