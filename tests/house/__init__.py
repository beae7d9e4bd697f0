"""The rules of the house, as tests; each rule is first proven on a small bad example."""
