"""The design system: tokens, base layouts, component tags, forms, icons and the gallery."""
