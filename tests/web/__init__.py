"""Pages, as a visitor without JavaScript meets them."""
