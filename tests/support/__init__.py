"""What the tests stand on: databases, a visitor, servers, a browser."""
