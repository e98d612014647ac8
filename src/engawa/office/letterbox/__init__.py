"""Letters in and out of the office zone: what waits to leave, what has arrived, what was set aside."""
