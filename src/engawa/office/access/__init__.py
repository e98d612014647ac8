"""Staff, organisations, roles and grants（閲覧の根拠）: who may see and do what. Builds on audit."""
