"""Who people are: consent, names, the register, slips, all that is stored about one."""
