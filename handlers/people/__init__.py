"""Staff see to people: roles, the register, networks, organisations."""
