"""Django settings, one module per zone: office, porch, courier (both databases) and tests."""
