"""依申请公开: the procedure of an application and its clock. Pure: no file, no database, no network."""
