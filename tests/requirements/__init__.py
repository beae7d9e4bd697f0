"""The client’s requirements R1 to R15, each seen through a real browser."""
