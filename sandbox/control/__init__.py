"""The control API: what a tester or a test may do to the world, as JSON over loopback."""
