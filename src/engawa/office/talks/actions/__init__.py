"""The only writers of talks: what arrives, what is answered, who holds a talk, and what a desk keeps ready."""
