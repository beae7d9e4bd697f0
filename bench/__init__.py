"""How fast Panel is: measured on the real programs over real HTTP, as ratios where it counts."""
