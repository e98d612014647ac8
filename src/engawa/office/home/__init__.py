"""Today（今日）, navigation and search."""
