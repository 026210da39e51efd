1 if 2 else 3
