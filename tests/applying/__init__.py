"""依申请公开: the procedure of an application, its clock and table 3."""
