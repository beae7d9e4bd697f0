"""Microsoft's identity platform: sign-in, consent, tokens."""
