"""People（人）as far as they are known: nothing about a person is required."""
